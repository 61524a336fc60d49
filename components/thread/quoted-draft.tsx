"use client";

import { ActionIcon } from "@mantine/core";
import { IconCornerUpLeft, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ThreadMessage } from "#lib/threads/thread-page.ts";
import styles from "./composer.module.css";
import { SafeText } from "./safe-text.tsx";

const SHOWN = 120;

/** The message the reply will quote, with the way to leave it out. */
export function QuotedDraft({ message, onRemove }: { message: ThreadMessage; onRemove: () => void }) {
  const t = useTranslations("sending.quote");
  const { text } = message;
  return (
    <div className={styles.quote}>
      <IconCornerUpLeft size={16} aria-hidden />
      <span className={styles.quoteText}>
        <small>{t("label")}</small>
        {text === null || text === "" ? t("file") : <SafeText text={text.slice(0, SHOWN)} />}
      </span>
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("remove")} onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}
