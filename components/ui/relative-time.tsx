"use client";

import { useFormatter } from "next-intl";
import { useClock } from "./clock.tsx";

/** How long ago, in the reader's language, with the exact time on hover. */
export function RelativeTime({ at, className }: { at: Date; className?: string }) {
  const format = useFormatter();
  const now = useClock();
  const exact = format.dateTime(at, { dateStyle: "full", timeStyle: "medium" });
  const span = Math.max(0, now.getTime() - at.getTime()) < 60_000 ? now : at;
  return (
    <time dateTime={at.toISOString()} title={exact} className={className}>
      {format.relativeTime(span, { now, style: "short" })}
    </time>
  );
}
