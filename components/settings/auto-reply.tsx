"use client";

import { Button, Textarea } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useId, useState, useTransition } from "react";
import { SafeText } from "#components/thread/safe-text.tsx";
import { MAX_AUTO_REPLY } from "#lib/ads/auto-reply.ts";
import styles from "./ad-list.module.css";

export type AutoReplyAnswer = "saved" | "too-long" | "not-allowed" | "not-found" | "bad-request";
export type SaveAutoReply = (input: { pageId: string; adId: string; text: string | null }) => Promise<AutoReplyAnswer>;

type Props = { ad: { pageId: string; adId: string; autoReply: string | null }; save: SaveAutoReply | null };

/** What complete leads of this ad are told at once. Off while it is empty; `save` null: to be read only. */
export function AutoReply({ ad, save }: Props) {
  const t = useTranslations("sending.autoReply");
  if (save !== null) return <AutoReplyForm ad={ad} save={save} />;
  return (
    <>
      <h4>{t("title")}</h4>
      <p>{ad.autoReply === null ? t("off") : <SafeText text={ad.autoReply} />}</p>
    </>
  );
}

function AutoReplyForm({ ad: { pageId, adId, autoReply }, save }: Props & { save: SaveAutoReply }) {
  const t = useTranslations("sending.autoReply");
  const [text, setText] = useState(autoReply ?? "");
  const [answer, setAnswer] = useState<AutoReplyAnswer | "failed" | null>(null);
  const [isSaving, startSaving] = useTransition();
  const headId = useId();
  const isChanged = text.trim() !== (autoReply ?? "");

  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    startSaving(async () => {
      const said = await save({ pageId, adId, text: text.trim() === "" ? null : text }).catch(() => "failed" as const);
      setAnswer(said);
    });
  };
  return (
    <form onSubmit={submit} className={styles.autoReply}>
      <h4 id={headId}>{t("title")}</h4>
      <Textarea
        aria-labelledby={headId}
        description={t("hint")}
        placeholder={t("placeholder")}
        autosize
        minRows={2}
        maxRows={6}
        dir="auto"
        maxLength={MAX_AUTO_REPLY}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAnswer(null);
        }}
      />
      <div className={styles.autoReplyFoot}>
        <Button type="submit" size="xs" variant="default" loading={isSaving} disabled={!isChanged}>
          {t("save")}
        </Button>
        <span role="status" className={styles.dim}>
          {answer === null ? t(autoReply === null ? "off" : "on") : t(`answer.${answer}`)}
        </span>
      </div>
    </form>
  );
}
