"use client";

import { useFormatter, useTranslations } from "next-intl";
import { SafeText } from "#components/thread/safe-text.tsx";
import type { LabelSign, LeadSignal } from "#lib/leads/lead-page.ts";
import styles from "./lead.module.css";

/** Which of Meta's reports made this lead, and when each happened. */
export function Signals({ signals, labels }: { signals: readonly LeadSignal[]; labels: readonly LabelSign[] }) {
  const t = useTranslations("lead.facts");
  const format = useFormatter();
  if (signals.length === 0 && labels.length === 0) return <p className={styles.dim}>{t("noSignals")}</p>;
  return (
    <>
      <ul className={styles.list}>
        {signals
          .toSorted((a, b) => a.at.getTime() - b.at.getTime())
          .map(({ kind, outcome, at, receivedAt, isRecovered }) => (
            <li key={`${kind}:${at.getTime()}:${receivedAt.getTime()}`} className={styles.signal}>
              <span>
                <strong>{t(`signal.${kind}`)}</strong> · {t(`signalOutcome.${outcome}`)}
                {isRecovered && <span className={styles.dim}> · {t("signalRecovered")}</span>}
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
        {labels.map(({ name, isRemoval, at }) => (
          <li key={`${name}:${isRemoval}:${at.getTime()}`} className={styles.signal}>
            <span>
              <strong>{t(isRemoval ? "labelOff" : "labelOn")}</strong> · <SafeText text={name} />
            </span>
            <time className={styles.dim} dateTime={at.toISOString()}>
              {format.dateTime(at, { dateStyle: "short", timeStyle: "medium" })}
            </time>
          </li>
        ))}
      </ul>
      <p className={styles.dim}>{t("signalsHint")}</p>
    </>
  );
}
