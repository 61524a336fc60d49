"use client";

import { Tooltip } from "@mantine/core";
import { IconClock, IconClockQuestion, IconLock, IconUser } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { spanLeft } from "#components/inbox/window-left.ts";
import { useClock } from "#components/ui/clock.tsx";
import type { ReplyTerms } from "#lib/threads/window.ts";
import styles from "./composer.module.css";

const icons = { free: IconClock, probable: IconClockQuestion, human: IconUser, closed: IconLock };
/** Below this the clock is worth a look. */
const HURRY_MS = 2 * 60 * 60 * 1000;

/** On what terms a reply may be written now, and how long that holds. */
export function WindowBadge({ terms }: { terms: ReplyTerms }) {
  const t = useTranslations("lead.window");
  const words = useTranslations("common.window");
  const format = useFormatter();
  const now = useClock();
  const Icon = icons[terms.phase];

  if (terms.phase === "closed") {
    return (
      <span className={styles.badge} data-phase="closed">
        <Icon size={14} aria-hidden /> {t("closed")}
      </span>
    );
  }
  const span = spanLeft(terms.endsAt, now);
  const left = "days" in span ? words("days", span) : words("hours", span);
  const until = format.dateTime(terms.endsAt, { dateStyle: "medium", timeStyle: "short" });
  const isHurry = terms.endsAt.getTime() - now.getTime() < HURRY_MS;
  return (
    <Tooltip
      label={t(`${terms.phase}Why`, { until })}
      multiline
      w={300}
      events={{ hover: true, focus: true, touch: true }}
    >
      <button type="button" className={styles.badge} data-phase={terms.phase} data-hurry={isHurry || undefined}>
        <Icon size={14} aria-hidden /> {t(terms.phase, { left })}
      </button>
    </Tooltip>
  );
}
