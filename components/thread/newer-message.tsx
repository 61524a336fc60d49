"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ThreadMessage } from "#lib/threads/thread-page.ts";
import styles from "./composer.module.css";
import { SafeText } from "./safe-text.tsx";
import shared from "./thread.module.css";

type Props = { messages: readonly ThreadMessage[]; isSending: boolean; onSend: () => void; onKeep: () => void };

/** Somebody was faster: shows what they wrote, and leaves the decision to the agent. */
export function NewerMessage({ messages, isSending, onSend, onKeep }: Props) {
  const t = useTranslations("lead");
  return (
    <section role="alert" className={styles.newer}>
      <h3>{t("composer.newerTitle")}</h3>
      <p>{t("composer.newerText")}</p>
      {messages.length === 0 && <p>{t("composer.newerNothing")}</p>}
      {messages.map((message) => (
        <blockquote key={message.id} className={shared.quoted}>
          <span>
            {message.authorName ?? <OtherAuthor from={message.from} />} · <RelativeTime at={message.at} />
          </span>
          <SafeText text={message.text ?? ""} />
        </blockquote>
      ))}
      <div className={styles.ways}>
        <Button variant="default" loading={isSending} onClick={onSend}>
          {t("composer.newerSend")}
        </Button>
        <Button variant="subtle" onClick={onKeep}>
          {t("composer.newerKeep")}
        </Button>
      </div>
    </section>
  );
}

function OtherAuthor({ from }: { from: ThreadMessage["from"] }) {
  const t = useTranslations("lead.author");
  return from === "person" || from === "agent" ? t("agentUnknown") : t(from);
}
