import { useFormatter, useTranslations } from "next-intl";
import type { PageBook } from "#lib/inbound/ledger.ts";
import styles from "./ledger-table.module.css";

const WORDS = ["told", "applied", "duplicate", "ignored", "parked", "waiting"] as const;

/** What came for each page in two weeks. */
export function LedgerPages({ books }: { books: readonly PageBook[] }) {
  const t = useTranslations("ledger");
  const format = useFormatter();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: wide tables scroll, by keyboard too
    <section className={styles.scroller} aria-label={t("byPage")} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("page")}</th>
            <th scope="col">{t("deliveries")}</th>
            {WORDS.map((word) => (
              <th key={word} scope="col">
                {t(`event.${word}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {books.map(({ pageId, name, opened, events }) => (
            <tr key={pageId}>
              <th scope="row">
                <bdi>{name || t("noPage")}</bdi>
              </th>
              <td>{format.number(opened)}</td>
              {WORDS.map((word) => (
                <td key={word}>{format.number(events[word])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
