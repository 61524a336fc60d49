"use client";

import { useTranslations } from "next-intl";
import { SafeText } from "#components/thread/safe-text.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { LeadNote } from "#lib/leads/lead-page.ts";
import styles from "./lead.module.css";

/** What colleagues wrote for each other, newest first. */
export function Notes({ notes }: { notes: readonly LeadNote[] }) {
  const t = useTranslations("lead.facts");
  if (notes.length === 0) return <p className={styles.dim}>{t("noNotes")}</p>;
  return (
    <ul className={styles.list}>
      {notes
        .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
        .map((note) => (
          <li key={note.id}>
            <SafeText text={note.text} />
            <p className={styles.dim}>
              <bdi>{note.author}</bdi> · <RelativeTime at={note.createdAt} />
            </p>
          </li>
        ))}
    </ul>
  );
}
