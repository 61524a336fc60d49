"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { StatusMark } from "#components/inbox/status-mark.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { LeadSibling } from "#lib/leads/lead-page.ts";
import styles from "./lead.module.css";

/** The same person answered the questions of an ad before or since. */
export function Siblings({ siblings }: { siblings: readonly LeadSibling[] }) {
  const t = useTranslations("lead.facts");
  return (
    <ul className={styles.list}>
      {siblings.map(({ ref, status, reason, at, ad }) => (
        <li key={ref}>
          <Link className={styles.sibling} href={`/leads/${ref}`}>
            <StatusMark status={status} reason={reason} />
            <bdi>{ad === null ? t("adNone") : (ad.title ?? t("adUntitled"))}</bdi>
          </Link>
          <p className={styles.dim}>
            <RelativeTime at={at} />
          </p>
        </li>
      ))}
    </ul>
  );
}
