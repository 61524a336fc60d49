"use client";

import { IconClock, IconClockExclamation, IconLock, IconUserEdit } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { useClock } from "#components/ui/clock.tsx";
import type { LeadRow } from "#lib/leads/lead-row.ts";
import styles from "./cells.module.css";
import { spanLeft, windowLeft } from "./window-left.ts";

/** How long we may still write, ticking; the exact end is on hover. */
export function WindowClock({ ends }: { ends: Pick<LeadRow, "freeUntil" | "probableUntil" | "humanUntil"> }) {
  const t = useTranslations("common.window");
  const format = useFormatter();
  const now = useClock();
  const left = windowLeft(ends, now);

  if (left.phase === "closed") {
    return (
      <span className={styles.window} data-phase="closed" title={t("closed-hint")}>
        <IconLock size={14} stroke={1.8} aria-hidden />
        {t("closed")}
      </span>
    );
  }

  const span = spanLeft(left.end, now);
  const words = "days" in span ? t("days", span) : t("hours", span);
  const end = format.dateTime(left.end, { dateStyle: "medium", timeStyle: "short" });
  const Icon = left.isClosing ? IconClockExclamation : left.phase === "human" ? IconUserEdit : IconClock;
  return (
    <span
      className={styles.window}
      data-phase={left.phase}
      data-closing={left.isClosing || undefined}
      title={t(`${left.phase}-hint`, { end })}
    >
      <Icon size={14} stroke={1.8} aria-hidden />
      <span className="numbers">{t(left.phase, { left: words })}</span>
    </span>
  );
}
