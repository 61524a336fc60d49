"use client";

import { IconAlertTriangle, IconChevronDown, IconChevronRight, IconCircleCheck } from "@tabler/icons-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Fragment, useState } from "react";
import { type EventCounts, eventGap, type LedgerDay, ledgerGap, type PageBook } from "#lib/inbound/ledger.ts";
import styles from "./ledger-table.module.css";

const DELIVERIES = ["kept", "opened", "unreadable", "waiting"] as const;
const EVENTS = ["told", "applied", "duplicate", "ignored", "parked", "waiting"] as const;

/** What came, what became of it, and whether the one adds up to the other; each day opens into its pages. */
export function LedgerTable({ days, pageId }: { days: readonly LedgerDay[]; pageId: string | null }) {
  const t = useTranslations("ledger");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: wide tables scroll, by keyboard too
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
          {days.map((day) => (
            <Fragment key={day.day}>
              {pageId === null ? <Day day={day} /> : <DayOfPage day={day} pageId={pageId} />}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Day({ day }: { day: LedgerDay }) {
  const t = useTranslations("ledger");
  const format = useFormatter();
  const gap = ledgerGap(day);
  // What does not balance is looked into.
  const [isOpen, setOpen] = useState(gap !== null);
  const refused = day.refused.reduce((sum, { count }) => sum + count, 0);
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <>
      <tr data-alarm={gap !== null || undefined}>
        <th scope="row">
          <button
            type="button"
            className={styles.open}
            aria-expanded={isOpen}
            aria-label={t("showPages", { day: day.day })}
            disabled={day.pages.length === 0}
            onClick={() => setOpen(!isOpen)}
          >
            <Chevron size={16} aria-hidden />
          </button>
          <Link href={`/settings/ledger/deliveries?day=${day.day}`} aria-label={t("openDay", { day: day.day })}>
            {day.day}
          </Link>
        </th>
        {DELIVERIES.map((word) => (
          <td key={word}>{format.number(day.deliveries[word])}</td>
        ))}
        <Events events={day.events} />
        <td title={day.refused.map(({ why, count }) => `${t(`why.${why}`)}: ${count}`).join(", ")}>
          {format.number(refused)}
          {refused > 0 && (
            <span className={styles.small}> {day.refused.map(({ why }) => t(`why.${why}`)).join(", ")}</span>
          )}
        </td>
        <Balance gap={gap} />
      </tr>
      {isOpen && day.pages.map((page) => <OfPage key={page.pageId} page={page} />)}
    </>
  );
}

function DayOfPage({ day, pageId }: { day: LedgerDay; pageId: string }) {
  const t = useTranslations("ledger");
  const page = day.pages.find((one) => one.pageId === pageId);
  if (page === undefined) return null;
  const query = new URLSearchParams({ day: day.day, page: pageId });
  return (
    <OfPage
      page={page}
      head={
        <Link href={`/settings/ledger/deliveries?${query}`} aria-label={t("openDay", { day: day.day })}>
          {day.day}
        </Link>
      }
    />
  );
}

/** Of which page a delivery is shows when it is opened: the others are nobody's yet. */
function OfPage({ page, head }: { page: PageBook; head?: React.ReactNode }) {
  const t = useTranslations("ledger");
  const format = useFormatter();
  const missing = Math.abs(eventGap(page.events));
  return (
    <tr data-of-page={head === undefined || undefined} data-alarm={missing > 0 || undefined}>
      <th scope="row">{head ?? <bdi>{page.name || t("noPage")}</bdi>}</th>
      {DELIVERIES.map((word) => (
        <td key={word}>{word === "opened" ? format.number(page.opened) : "–"}</td>
      ))}
      <Events events={page.events} />
      <td>–</td>
      <Balance gap={missing === 0 ? null : { deliveries: 0, events: missing }} />
    </tr>
  );
}

function Events({ events }: { events: EventCounts }) {
  const format = useFormatter();
  return EVENTS.map((word) => <td key={word}>{format.number(events[word])}</td>);
}

function Balance({ gap }: { gap: { deliveries: number; events: number } | null }) {
  const t = useTranslations("ledger");
  return (
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
  );
}
