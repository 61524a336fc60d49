"use client";

import { createContext, type ReactNode, use, useEffect, useState } from "react";

const TICK_MS = 15_000;
const ARRIVAL_MS = 30_000;
const ClockContext = createContext<Date | null>(null);

/**
 * One clock for everything on the screen, set by the server: windows close by Meta's time, not by what a
 * computer with a wrong clock believes, and the first drawing in the browser equals the server's.
 */
export function ClockProvider({ now: start, children }: { now: Date; children: ReactNode }) {
  const [now, setNow] = useState(start);

  useEffect(() => {
    const difference = start.getTime() - Date.now();
    // A small difference is only the time the page took to arrive.
    const skew = Math.abs(difference) < ARRIVAL_MS ? 0 : difference;
    const timer = setInterval(() => setNow(new Date(Date.now() + skew)), TICK_MS);
    return () => clearInterval(timer);
  }, [start]);

  return <ClockContext value={now}>{children}</ClockContext>;
}

export function useClock(): Date {
  const now = use(ClockContext);
  if (now === null) throw new Error("useClock needs a ClockProvider above it");
  return now;
}
