"use client";

import { IconCircleCheck, IconCircleDashed, IconCircleHalf2, IconHandStop } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { LeadReason, LeadStatus } from "#lib/leads/lead.ts";
import styles from "./cells.module.css";

const icons = { complete: IconCircleCheck, incomplete: IconCircleHalf2, in_progress: IconCircleDashed };

/** Status as a shape and a word, and why it is not complete. Somebody who asked to stop may need help: a shape of its own. */
export function StatusMark({ status, reason }: { status: LeadStatus; reason: LeadReason | null }) {
  const t = useTranslations("common");
  const Icon = reason === "stopped" ? IconHandStop : icons[status];
  return (
    <span
      className={styles.status}
      data-status={status}
      title={reason === null ? undefined : t(`reason-hint.${reason}`)}
    >
      <Icon size={16} stroke={1.8} aria-hidden />
      <span className={styles.words}>
        <span>{t(`status.${status}`)}</span>
        {reason !== null && <span className={styles.reason}>{t(`reason.${reason}`)}</span>}
      </span>
    </span>
  );
}
