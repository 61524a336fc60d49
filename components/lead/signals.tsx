"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { LeadSignal } from "#lib/leads/lead-page.ts";
import styles from "./lead.module.css";

/** Which of Meta's reports made this lead, and when each happened. */
export function Signals({ signals }: { signals: readonly LeadSignal[] }) {
  const t = useTranslations("lead.facts");
  const format = useFormatter();
  if (signals.length === 0) return <p className={styles.dim}>{t("noSignals")}</p>;
  return (
    <>
      <ul className={styles.list}>
        {signals
          .toSorted((a, b) => a.at.getTime() - b.at.getTime())
          .map(({ kind, outcome, at, receivedAt }) => (
            <li key={`${kind}:${at.getTime()}:${receivedAt.getTime()}`} className={styles.signal}>
              <span>
                <strong>{t(`signal.${kind}`)}</strong> · {t(`signalOutcome.${outcome}`)}
              </span>
              <time
                className={styles.dim}
                dateTime={at.toISOString()}
                title={t("signalLate", {
                  when: format.dateTime(receivedAt, { dateStyle: "medium", timeStyle: "medium" }),
                })}
              >
                {format.dateTime(at, { dateStyle: "short", timeStyle: "medium" })}
              </time>
            </li>
          ))}
      </ul>
      <p className={styles.dim}>{t("signalsHint")}</p>
    </>
  );
}
