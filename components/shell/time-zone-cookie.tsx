"use client";

import { useRouter } from "next/navigation";
import { useTimeZone } from "next-intl";
import { useEffect } from "react";
import { keepCookie } from "./keep-cookie.ts";

/** Tells the server which zone this person lives in, and has the page drawn again when it guessed another. */
export function TimeZoneCookie() {
  const drawn = useTimeZone();
  const router = useRouter();

  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (own === drawn || own === undefined || document.cookie.includes(`tz=${encodeURIComponent(own)}`)) return;
    keepCookie("tz", own);
    router.refresh();
  }, [drawn, router]);

  return null;
}
