import { IconAlertTriangle, IconCircleCheck, IconClock } from "@tabler/icons-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { type DeliveryList as Deliveries, type DeliveryFilter, deliveryFilter } from "#lib/inbound/kept-delivery.ts";
import styles from "./delivery.module.css";
import table from "./ledger-table.module.css";
import settings from "./settings.module.css";
import { useSizeText } from "./use-size-text.ts";

const ICONS = { opened: IconCircleCheck, unreadable: IconAlertTriangle, waiting: IconClock } as const;

type Props = { list: Deliveries; day: string; only: DeliveryFilter; pageId: string | null; isFirst: boolean };

/** A day's deliveries, each opening into what it held. */
export function DeliveryList({ list, day, only, pageId, isFirst }: Props) {
  const t = useTranslations("ledger");
  const format = useFormatter();
  const size = useSizeText();
  const hrefOf = (more: Record<string, string>) => {
    const query = new URLSearchParams({ day, ...(pageId === null ? {} : { page: pageId }), ...more });
    return `/settings/ledger/deliveries?${query}`;
  };
  return (
    <>
      <nav className={styles.filters} aria-label={t("list.only")}>
        {deliveryFilter.options.map((one) => (
          <Link key={one} href={hrefOf({ only: one })} aria-current={one === only ? "page" : undefined}>
            {t(`list.${one}`)}
          </Link>
        ))}
      </nav>
      {list.rows.length === 0 ? (
        <p className={settings.none}>{t("list.none")}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: wide tables scroll, by keyboard too
        <section className={table.scroller} aria-label={t("deliveries")} tabIndex={0}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t("list.received")}</th>
                <th scope="col">{t("list.source")}</th>
                <th scope="col">{t("list.size")}</th>
                <th scope="col">{t("list.events")}</th>
                <th scope="col">{t("list.repeated")}</th>
                <th scope="col">{t("list.state")}</th>
              </tr>
            </thead>
            <tbody>
              {list.rows.map((row) => {
                const Icon = ICONS[row.state];
                const time = format.dateTime(row.receivedAt, { timeStyle: "medium" });
                return (
                  <tr key={row.id}>
                    <th scope="row">
                      <Link href={`/settings/ledger/${row.id}`} aria-label={t("list.open", { time })}>
                        {time}
                      </Link>
                    </th>
                    <td>{t(`source.${row.source}`)}</td>
                    <td>{size(row.bytes)}</td>
                    <td>{format.number(row.eventCount)}</td>
                    <td>{format.number(row.duplicateCount)}</td>
                    <td>
                      <span className={styles.state} data-state={row.state}>
                        <Icon size={16} aria-hidden />{" "}
                        {t(row.state === "waiting" && row.isReplay ? "state.replay" : `state.${row.state}`)}
                      </span>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      )}
      <nav className={styles.parts} aria-label={t("deliveries")}>
        {!isFirst && <Link href={hrefOf({ only })}>{t("list.newer")}</Link>}
        {list.next !== null && <Link href={hrefOf({ only, after: list.next })}>{t("list.older")}</Link>}
      </nav>
    </>
  );
}
