"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useLive, useLiveState } from "#components/live/use-live.ts";
import styles from "./shell.module.css";

const PATIENCE_MS = 10_000;

/** Says how old the screen is while the live line is down. It also keeps the line open on every page. */
export function LineNotice() {
  const t = useTranslations("common.line");
  useLive(() => {});
  const { isConnected, heardAt } = useLiveState();
  const silence = useSilence(isConnected ? null : heardAt);
  if (silence === null || silence < PATIENCE_MS) return null;

  // In steps, so that a screen reader is not told each second.
  const seconds = Math.floor(silence / PATIENCE_MS) * 10;
  const ago = seconds < 60 ? t("seconds", { seconds }) : t("minutes", { minutes: Math.floor(seconds / 60) });
  return (
    <div className={styles.lost} role="status">
      {t("lost", { ago })}
    </div>
  );
}

/** Milliseconds since a moment, counted each second; null while there is nothing to count. */
function useSilence(since: number | null): number | null {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (since === null) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [since]);
  return since === null || now === 0 ? null : Math.max(0, now - since);
}
