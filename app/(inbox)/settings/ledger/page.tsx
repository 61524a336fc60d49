import type { Metadata } from "next";
import { getTimeZone, getTranslations } from "next-intl/server";
import { LedgerTable } from "#components/settings/ledger-table.tsx";
import styles from "#components/settings/settings.module.css";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { findLedger } from "#lib/inbound/find-ledger.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ledger");
  return { title: t("title") };
}

/** Whether everything Meta sent is accounted for. */
export default async function LedgerPage() {
  const viewer = await requireViewer();
  const [t, ledger] = await Promise.all([getTranslations("ledger"), findLedger(viewer, await getTimeZone())]);
  return (
    <div className={styles.settings} data-wide>
      <h1>{t("title")}</h1>
      <p className={styles.text}>{t(ledger === null ? "forOthers" : "intro")}</p>
      {ledger !== null && <LedgerTable ledger={ledger} />}
    </div>
  );
}
