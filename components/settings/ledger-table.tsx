import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { type Ledger, type LedgerDay, ledgerGap } from "#lib/inbound/ledger.ts";
import styles from "./ledger-table.module.css";
import settings from "./settings.module.css";

const DELIVERIES = ["kept", "opened", "unreadable", "waiting"] as const;
const EVENTS = ["told", "applied", "duplicate", "ignored", "parked", "waiting"] as const;
const OF_PAGES = ["applied", "ignored", "parked", "waiting"] as const;

/** What came, what became of it, and whether the one adds up to the other, by day and by page. */
export function LedgerTable({ ledger }: { ledger: Ledger }) {
  const t = useTranslations("ledger");
  const format = useFormatter();
  if (ledger.days.length === 0) return <p className={settings.none}>{t("none")}</p>;
  return (
    <>
      {ledger.oldestWaitingAt !== null && (
        <p className={settings.text}>
          {t("oldest", { when: format.dateTime(ledger.oldestWaitingAt, { dateStyle: "medium", timeStyle: "medium" }) })}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wide tables scroll, by keyboard too */}
      <section className={styles.scroller} aria-label={t("byDay")} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th rowSpan={2} scope="col">
                {t("day")}
              </th>
              <th colSpan={DELIVERIES.length} scope="colgroup">
                {t("deliveries")}
              </th>
              <th colSpan={EVENTS.length} scope="colgroup">
                {t("events")}
              </th>
              <th rowSpan={2} scope="col">
                {t("refused")}
              </th>
              <th rowSpan={2} scope="col">
                {t("balance")}
              </th>
            </tr>
            <tr>
              {DELIVERIES.map((word) => (
                <th key={word} scope="col">
                  {t(`delivery.${word}`)}
                </th>
              ))}
              {EVENTS.map((word) => (
                <th key={word} scope="col">
                  {t(`event.${word}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ledger.days.map((day) => (
              <Day key={day.day} day={day} />
            ))}
          </tbody>
        </table>
      </section>
      <h2>{t("byPage")}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wide tables scroll, by keyboard too */}
      <section className={styles.scroller} aria-label={t("byPage")} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("page")}</th>
              {OF_PAGES.map((word) => (
                <th key={word} scope="col">
                  {t(`event.${word}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ledger.pages.map((page) => (
              <tr key={page.pageId}>
                <th scope="row">
                  <bdi>{page.name}</bdi>
                </th>
                {OF_PAGES.map((word) => (
                  <td key={word}>{format.number(page[word])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function Day({ day }: { day: LedgerDay }) {
  const t = useTranslations("ledger");
  const format = useFormatter();
  const gap = ledgerGap(day);
  const refused = day.refused.reduce((sum, { count }) => sum + count, 0);
  return (
    <tr data-alarm={gap !== null || undefined}>
      <th scope="row">{day.day}</th>
      {DELIVERIES.map((word) => (
        <td key={word}>{format.number(day.deliveries[word])}</td>
      ))}
      {EVENTS.map((word) => (
        <td key={word}>{format.number(day.events[word])}</td>
      ))}
      <td title={day.refused.map(({ why, count }) => `${t(`why.${why}`)}: ${count}`).join(", ")}>
        {format.number(refused)}
        {refused > 0 && (
          <span className={styles.small}> {day.refused.map(({ why }) => t(`why.${why}`)).join(", ")}</span>
        )}
      </td>
      <td>
        {gap === null ? (
          <span className={styles.good}>
            <IconCircleCheck size={16} aria-hidden /> {t("balances")}
          </span>
        ) : (
          <span className={styles.bad}>
            <IconAlertTriangle size={16} aria-hidden /> {t("gap", gap)}
          </span>
        )}
      </td>
    </tr>
  );
}
