"use client";

import { IconBrandFacebook, IconBrandInstagram } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { PageDetails } from "#lib/pages/page-details.ts";
import { type PageNotice, repairOf, stopsReplies } from "#lib/pages/page-notice.ts";
import styles from "./page.module.css";
import { PageActionBar, RepairButton } from "./page-action-bar.tsx";
import type { PageActions } from "./page-answers.ts";
import { PageHistory } from "./page-history.tsx";
import { PageSettingsForm } from "./page-settings-form.tsx";
import { PageStateMark } from "./page-state.tsx";
import { useNoticeText } from "./use-notice-text.ts";
import { usePageTask } from "./use-page-task.ts";

const PLATFORM_ICONS = { messenger: IconBrandFacebook, instagram: IconBrandInstagram };

/** One page: how it is, what repairs it, what we know of it, and what happened. `actions` null: only to look at. */
export function PageCard({ page, actions }: { page: PageDetails; actions: PageActions | null }) {
  const t = useTranslations("pages");
  const task = usePageTask();
  const Platform = PLATFORM_ICONS[page.platform];
  // One step may repair several troubles; it is offered once, with the worst of them.
  const repairs = page.notices.map(repairOf);
  const isNewRepair = (index: number) => repairs.indexOf(repairs[index] ?? "none") === index;
  return (
    <article className={styles.card} aria-labelledby={`page-${page.id}`}>
      <header className={styles.head}>
        <Platform size={20} stroke={1.6} role="img" aria-label={t(`platform.${page.platform}`)} />
        <h2 id={`page-${page.id}`}>
          <bdi>{page.name}</bdi>
        </h2>
        <span className={`${styles.dim} numbers`}>{page.id}</span>
        <PageStateMark kind={page.notices[0]?.kind ?? "healthy"} />
      </header>
      {page.notices.map((notice, index) => (
        <NoticeBlock
          key={notice.kind}
          notice={notice}
          isFirst={index === 0}
          repair={
            actions === null || !isNewRepair(index) ? null : <RepairButton {...{ page, notice, actions, task }} />
          }
          isForAdmins={actions === null}
        />
      ))}
      <Facts page={page} />
      {actions !== null && <PageActionBar page={page} actions={actions} task={task} />}
      {actions !== null && (
        <details className={styles.more}>
          <summary>{t("form.title")}</summary>
          <PageSettingsForm page={page} actions={actions} />
        </details>
      )}
      <details className={styles.more}>
        <summary>{t("history.title")}</summary>
        <PageHistory lines={page.history} />
      </details>
    </article>
  );
}

type BlockProps = { notice: PageNotice; isFirst: boolean; repair: React.ReactNode; isForAdmins: boolean };

function NoticeBlock({ notice, isFirst, repair, isForAdmins }: BlockProps) {
  const t = useTranslations("pages");
  const format = useFormatter();
  const text = useNoticeText();
  const { kind, since } = notice;
  return (
    <div className={styles.notice} data-bad={stopsReplies(notice) || undefined}>
      {!isFirst && <PageStateMark kind={kind} />}
      <p>{text(notice)}</p>
      {since !== null && (
        <p className={styles.dim}>
          {t("since", { time: format.dateTime(since, { dateStyle: "medium", timeStyle: "short" }) })}
        </p>
      )}
      {isForAdmins && repairOf(notice) !== "none" ? <p className={styles.dim}>{t("action.admin")}</p> : repair}
    </div>
  );
}

function Facts({ page }: { page: PageDetails }) {
  const t = useTranslations("pages");
  const format = useFormatter();
  const exact = (at: Date) => format.dateTime(at, { dateStyle: "medium", timeStyle: "short" });
  const { connectedAt, lastEventAt, checkedAt, tokenExpiresAt, routing, usagePercent } = page;
  return (
    <dl className={styles.facts}>
      <div>
        <dt>{t("fact.lastEvent")}</dt>
        <dd>{lastEventAt === null ? t("fact.none") : <RelativeTime at={lastEventAt} />}</dd>
      </div>
      <div>
        <dt>{t("fact.checked")}</dt>
        <dd>{checkedAt === null ? t("fact.notYet") : <RelativeTime at={checkedAt} />}</dd>
      </div>
      {connectedAt !== null && (
        <>
          <div>
            <dt>{t("fact.connected")}</dt>
            <dd>{exact(connectedAt)}</dd>
          </div>
          <div>
            <dt>{t("fact.ends")}</dt>
            <dd>{tokenExpiresAt === null ? t("fact.never") : exact(tokenExpiresAt)}</dd>
          </div>
        </>
      )}
      <div>
        <dt>{t("fact.routing")}</dt>
        <dd>{t(`routing.${routing ?? "unknown"}`)}</dd>
      </div>
      {usagePercent !== null && (
        <div>
          <dt>{t("fact.usage")}</dt>
          <dd className="numbers">{t("fact.percent", { percent: usagePercent })}</dd>
        </div>
      )}
    </dl>
  );
}
