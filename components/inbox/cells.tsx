"use client";

import { Badge } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useClock } from "#components/ui/clock.tsx";
import { Face } from "#components/ui/face.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { LeadRow } from "#lib/leads/lead-row.ts";
import styles from "./cells.module.css";
import { shortId } from "./lead-words.ts";
import { StatusMark } from "./status-mark.tsx";
import { WindowClock } from "./window-clock.tsx";

const MINUTE_MS = 60_000;

/** The name is the row's link; it is stretched over the whole row, so a press anywhere opens the lead. */
export function LeadCell({ lead }: { lead: LeadRow }) {
  const t = useTranslations();
  const id = shortId(lead);
  return (
    <div className={styles.lead}>
      <span className={styles.first}>
        {lead.waitingSince !== null && (
          <span className={styles.dot} title={t("inbox.waits")}>
            <span className="unseen">{t("inbox.waits")}</span>
          </span>
        )}
        <Link className={styles.name} href={`/leads/${lead.ref}`} prefetch={false} data-lead={lead.ref}>
          {lead.name === null ? (
            <span className={styles.unnamed} title={t("common.lead.unnamed-hint", { id })}>
              <span className={styles.words}>{t("common.lead.unnamed")}</span> <span className="numbers">· {id}</span>
            </span>
          ) : (
            <bdi>{lead.name}</bdi>
          )}
        </Link>
        {lead.isTest && (
          <Badge className={styles.mark} size="xs" variant="outline" color="gray" radius="sm">
            {t("common.lead.test")}
          </Badge>
        )}
      </span>
      <span className={styles.second}>
        {lead.doneAt !== null && (
          <span className={styles.done}>
            <IconCheck size={13} stroke={2.2} aria-hidden /> {t("inbox.state.done")} ·{" "}
          </span>
        )}
        {lead.firstAnswer === null ? t("inbox.no-answer") : <bdi>{lead.firstAnswer}</bdi>}
      </span>
    </div>
  );
}

export function StatusCell({ lead }: { lead: LeadRow }) {
  return <StatusMark status={lead.status} reason={lead.reason} />;
}

export function SourceCell({ lead }: { lead: LeadRow }) {
  const t = useTranslations("inbox");
  const noAd = lead.source === "instant_form" ? t("instant-form") : t("no-ad");
  const ad = lead.ad === null ? noAd : (lead.ad.title ?? t("ad-untitled", { id: lead.ad.id.slice(-4) }));
  return (
    <div className={styles.pair}>
      <span title={lead.page.name}>
        <bdi>{lead.page.name}</bdi>
      </span>
      <span className={styles.second} title={ad}>
        <bdi>{ad}</bdi>
      </span>
    </div>
  );
}

export function AssigneeCell({ lead }: { lead: LeadRow }) {
  const t = useTranslations("inbox");
  if (lead.assignee === null) return <span className={styles.quiet}>{t("unassigned")}</span>;
  return (
    <span className={styles.person}>
      <Face name={lead.assignee.name} />
      <bdi title={lead.assignee.name}>{lead.assignee.name}</bdi>
    </span>
  );
}

export function StageCell({ lead }: { lead: LeadRow }) {
  const t = useTranslations("common.stage");
  return <span className={styles.stage}>{t(lead.stage)}</span>;
}

/** What the list is sorted by; and the person's own last action, where that was something else. */
export function ActivityCell({ lead }: { lead: LeadRow }) {
  const t = useTranslations("inbox");
  const wroteAt = lead.lastInboundAt;
  const isOther = wroteAt !== null && Math.abs(wroteAt.getTime() - lead.lastActivityAt.getTime()) > MINUTE_MS;
  return (
    <div className={styles.pair}>
      <RelativeTime at={lead.lastActivityAt} className="numbers" />
      {isOther && (
        <span className={styles.second}>
          {t.rich("wrote", { ago: () => <RelativeTime at={wroteAt} className="numbers" /> })}
        </span>
      )}
    </div>
  );
}

export function WaitingCell({ lead }: { lead: LeadRow }) {
  const t = useTranslations("inbox");
  const format = useFormatter();
  const now = useClock();
  if (lead.waitingSince === null) return <span className={styles.quiet}>{t("nobody-waits")}</span>;
  const minutes = Math.max(0, Math.floor((now.getTime() - lead.waitingSince.getTime()) / 60_000));
  const exact = format.dateTime(lead.waitingSince, { dateStyle: "full", timeStyle: "medium" });
  const span =
    minutes < 60
      ? t("span-minutes", { minutes })
      : minutes < 48 * 60
        ? t("span-hours", { hours: Math.floor(minutes / 60) })
        : t("span-days", { days: Math.floor(minutes / (24 * 60)) });
  return (
    <time className="numbers" dateTime={lead.waitingSince.toISOString()} title={t("waits-since", { time: exact })}>
      {span}
    </time>
  );
}

export function WindowCell({ lead }: { lead: LeadRow }) {
  const t = useTranslations("inbox");
  if (lead.psid === null) return <span className={styles.quiet}>{t("no-thread")}</span>;
  // While Meta asks, nobody has opened the window to us; it was not closed either.
  if (lead.status === "in_progress" && lead.freeUntil === null) {
    return <span className={styles.quiet}>{t("not-open-yet")}</span>;
  }
  return <WindowClock ends={lead} />;
}
