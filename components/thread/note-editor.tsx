"use client";

import { Button, Textarea } from "@mantine/core";
import { IconNote } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Ref } from "react";
import styles from "./composer.module.css";
import { onSendKey } from "./on-send-key.ts";
import shared from "./thread.module.css";

type NoteProps = {
  text: string;
  onText: (text: string) => void;
  onSave: () => void;
  name: string;
  ref: Ref<HTMLTextAreaElement>;
};

/** For colleagues only; it looks unlike a reply, so that neither is taken for the other. */
export function NoteEditor({ text, onText, onSave, name, ref }: NoteProps) {
  const t = useTranslations("lead.composer");
  return (
    <>
      <Textarea
        ref={ref}
        aria-label={t("noteLabel")}
        placeholder={t("notePlaceholder")}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={10_000}
        dir="auto"
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={onSendKey(onSave)}
      />
      <div className={styles.composerFoot}>
        <span className={shared.dim}>{t("noteVisible", { name })}</span>
        <kbd className={styles.hint}>{t("keys")}</kbd>
        <Button
          color="yellow.3"
          c="black"
          leftSection={<IconNote size={16} aria-hidden />}
          disabled={text.trim() === ""}
          onClick={onSave}
        >
          {t("addNote")}
        </Button>
      </div>
    </>
  );
}
