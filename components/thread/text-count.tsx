"use client";

import { useTranslations } from "next-intl";
import { isTooLong, MAX_PARTS, type Platform, splitText, textLimit, textSize } from "#lib/threads/reply-text.ts";
import styles from "./composer.module.css";

/** Close to the limit people want to know how close. */
const SHOWN_FROM = 0.85;

/** How full the message is; beyond that, in how many messages the text leaves. */
export function TextCount({ text, platform }: { text: string; platform: Platform }) {
  const t = useTranslations("sending");
  const { max, unit } = textLimit(platform);
  const count = textSize(text, platform);
  if (count < max * SHOWN_FROM) return null;
  const isOver = isTooLong(text, platform);
  const words =
    count <= max
      ? t(unit === "bytes" ? "countBytes" : "count", { count, max })
      : isOver
        ? t("tooLong", { max: MAX_PARTS })
        : t("parts", { count: splitText(text, platform).length });
  return (
    <span
      className={styles.count}
      data-over={isOver || undefined}
      title={unit === "bytes" ? t("countWhy") : undefined}
      aria-live="polite"
    >
      {words}
    </span>
  );
}
