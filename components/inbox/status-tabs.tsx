"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type LeadStatus, leadReasons, leadStatuses } from "#lib/leads/lead.ts";
import type { LeadFilter } from "#lib/leads/lead-filter.ts";
import type { ChangeFilter } from "./inbox-props.ts";
import type { LeadCounts } from "./lead-list.ts";
import styles from "./status-tabs.module.css";

/** Counting stops there; more is "1000+". */
export const COUNT_CAP = 1_000;

type Props = { filter: LeadFilter; counts: LeadCounts | undefined; change: ChangeFilter };

/** All leads or those of one status; for incomplete ones the reasons as a second row. */
export function StatusTabs({ filter, counts, change }: Props) {
  const t = useTranslations();
  const [only] = filter.status.length === 1 ? filter.status : [];
  const tabs: { status: LeadStatus | null; isOn: boolean }[] = [
    { status: null, isOn: filter.status.length === 0 },
    ...leadStatuses.map((status) => ({ status, isOn: filter.status.includes(status) })),
  ];

  return (
    <>
      <div role="group" aria-label={t("inbox.by-status")} className={styles.tabs}>
        {tabs.map(({ status, isOn }) => (
          <button
            key={status ?? "all"}
            type="button"
            className={styles.tab}
            aria-pressed={isOn}
            onClick={() => change({ status: status === null ? [] : [status], reason: [] })}
          >
            {status === null ? t("inbox.all") : t(`common.status.${status}`)} <Count of={counts?.[status ?? "all"]} />
          </button>
        ))}
      </div>
      {only === "incomplete" && (
        <div role="group" aria-label={t("inbox.by-reason")} className={styles.reasons}>
          {leadReasons.map((reason) => (
            <button
              key={reason}
              type="button"
              className={styles.reason}
              aria-pressed={filter.reason.includes(reason)}
              title={t(`common.reason-hint.${reason}`)}
              onClick={() =>
                change({
                  reason: filter.reason.includes(reason)
                    ? filter.reason.filter((each) => each !== reason)
                    : [...filter.reason, reason],
                })
              }
            >
              {t(`common.reason.${reason}`)} <Count of={counts?.byReason[reason]} />
            </button>
          ))}
        </div>
      )}
    </>
  );
}

function Count({ of }: { of: number | undefined }) {
  const format = useFormatter();
  if (of === undefined) return null;
  return (
    <span className={styles.count}>
      {format.number(Math.min(of, COUNT_CAP))}
      {of >= COUNT_CAP && "+"}
    </span>
  );
}
