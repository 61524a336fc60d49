import { IconAlertTriangle } from "@tabler/icons-react";
import type { Metadata } from "next";
import { getFormatter, getTimeZone, getTranslations } from "next-intl/server";
import { LedgerFilter } from "#components/settings/ledger-filter.tsx";
import { LedgerPages } from "#components/settings/ledger-pages.tsx";
import table from "#components/settings/ledger-table.module.css";
import { LedgerTable } from "#components/settings/ledger-table.tsx";
import { ReplayPanel } from "#components/settings/replay-panel.tsx";
import styles from "#components/settings/settings.module.css";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { findLedger } from "#lib/inbound/find-ledger.ts";
import { findReplays } from "#lib/inbound/find-replays.ts";
import { booksByPage, type Ledger, ledgerGap } from "#lib/inbound/ledger.ts";
import { mayReplay } from "#lib/inbound/replay.ts";
import { endReplay, readRangeAgain } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ledger");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Whether everything Meta sent is accounted for. */
export default async function LedgerPage({ searchParams }: Props) {
  const viewer = await requireViewer();
  const timeZone = await getTimeZone();
  const [t, words, ledger, replays] = await Promise.all([
    getTranslations("ledger"),
    searchParams,
    findLedger(viewer, timeZone),
    findReplays(viewer),
  ]);
  // YYYY-MM-DD, as fields for dates want it.
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(new Date());
  return (
    <div className={styles.settings} data-wide>
      <h1>{t("title")}</h1>
      <p className={styles.text}>{t(ledger === null ? "forOthers" : "intro")}</p>
      {ledger !== null && <Books ledger={ledger} page={words.page} />}
      {mayReplay(viewer) && <ReplayPanel lines={replays} today={today} actions={{ readRangeAgain, endReplay }} />}
    </div>
  );
}

async function Books({ ledger, page }: { ledger: Ledger; page: string | string[] | undefined }) {
  const [t, format] = await Promise.all([getTranslations("ledger"), getFormatter()]);
  const { days, oldestWaitingAt } = ledger;
  const books = booksByPage(days);
  // A page that is not in the books is no page to choose.
  const pageId = books.some((book) => book.pageId === page) && typeof page === "string" ? page : null;
  const alarms = days.filter((day) => ledgerGap(day) !== null).length;
  if (days.length === 0) return <p className={styles.none}>{t("none")}</p>;
  return (
    <>
      {alarms > 0 && (
        <p className={table.alarm} role="alert">
          <IconAlertTriangle size={20} aria-hidden /> {t("alarm", { count: alarms })}
        </p>
      )}
      {oldestWaitingAt !== null && (
        <p className={styles.text}>
          {t("oldest", { when: format.dateTime(oldestWaitingAt, { dateStyle: "medium", timeStyle: "medium" }) })}
        </p>
      )}
      <LedgerFilter pageId={pageId} pages={books.map(({ pageId: id, name }) => ({ id, name: name || t("noPage") }))} />
      <LedgerTable days={days} pageId={pageId} />
      {pageId === null && (
        <>
          <h2>{t("byPage")}</h2>
          <LedgerPages books={books} />
        </>
      )}
    </>
  );
}
