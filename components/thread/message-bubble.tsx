"use client";

import { Tooltip } from "@mantine/core";
import { IconHandClick, IconRobot } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ThreadMessage } from "#lib/threads/thread-page.ts";
import { Attachment } from "./attachment.tsx";
import { MessageActions, type MessageCommands } from "./message-actions.tsx";
import { type Commands, ReplyStateLine } from "./reply-state.tsx";
import { SafeText } from "./safe-text.tsx";
import styles from "./thread.module.css";

type Props = {
  message: ThreadMessage;
  isContinued: boolean;
  answered: ThreadMessage | null;
  name: string;
  commands: Commands & MessageCommands;
};

/** One message: who wrote it, what it says, when, and for ours how far it has come. */
export function MessageBubble({ message, isContinued, answered, name, commands }: Props) {
  const format = useFormatter();
  const side = message.from === "person" ? "in" : "out";
  return (
    <article
      className={styles.message}
      data-side={side}
      data-from={message.from}
      data-continued={isContinued || undefined}
    >
      <Author message={message} name={name} isHidden={isContinued} />
      <div className={styles.bubble} data-deleted={message.isDeleted || undefined}>
        {answered !== null && <Quoted message={answered} />}
        {answered === null && message.replyToId !== null && <Unquoted />}
        <Body message={message} />
        {message.reaction !== null && <Reaction emoji={message.reaction} name={name} />}
        {message.ourReaction !== null && message.ourReaction !== undefined && (
          <OurReaction emoji={message.ourReaction} />
        )}
      </div>
      {message.earlierTexts.length > 0 && <Earlier texts={message.earlierTexts} />}
      <div className={styles.below}>
        <Tooltip label={format.dateTime(message.at, { dateStyle: "full", timeStyle: "medium" })}>
          <time dateTime={message.at.toISOString()}>{format.dateTime(message.at, { timeStyle: "short" })}</time>
        </Tooltip>
        {message.reply !== null && <Part reply={message.reply} count={commands.partsOf(message.reply.intentId)} />}
        {side === "in" && <MessageActions message={message} commands={commands} />}
        {side === "out" && <ReplyStateLine message={message} name={name} commands={commands} />}
      </div>
    </article>
  );
}

function Author({ message, name, isHidden }: { message: ThreadMessage; name: string; isHidden: boolean }) {
  const t = useTranslations("lead.author");
  const { from, authorName } = message;
  const className = isHidden ? styles.unseen : styles.author;
  switch (from) {
    case "person":
      return (
        <span className={className}>
          <bdi>{name}</bdi>
        </span>
      );
    case "agent":
      if (message.reply !== null && message.reply.authorId === null) return <Automatic isHidden={isHidden} />;
      return (
        <span className={className}>
          <bdi>{authorName ?? t("agentUnknown")}</bdi>
        </span>
      );
    case "page_inbox":
    case "leadgen":
    case "other_app":
    case "page":
      return (
        <Tooltip label={t(`${from}Hint`)}>
          <span className={className}>{authorName ?? t(from)}</span>
        </Tooltip>
      );
  }
}

function Body({ message }: { message: ThreadMessage }) {
  const t = useTranslations("lead.message");
  const chosen = useTranslations("thread");
  if (message.isDeleted) return <em>{t("deleted")}</em>;
  if (message.isUnsupported) return <em>{t("unsupported")}</em>;
  const isEmpty = (message.text ?? "") === "" && message.attachments.length === 0;
  return (
    <>
      {(message.kind === "postback" || message.isQuickReply === true) && (
        <span className={styles.postback}>
          <IconHandClick size={14} aria-hidden /> {message.kind === "postback" ? t("postback") : chosen("quickReply")}
        </span>
      )}
      {message.text !== null && message.text !== "" && <SafeText text={message.text} />}
      {message.attachments.map((attachment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: attachments have no ids and never move.
        <Attachment key={index} attachment={attachment} />
      ))}
      {isEmpty && message.kind !== "postback" && <em>{t("empty")}</em>}
    </>
  );
}

/** Nobody wrote it: the ad's first automatic reply. */
function Automatic({ isHidden }: { isHidden: boolean }) {
  const t = useTranslations("sending");
  return (
    <Tooltip label={t("automaticHint")} multiline maw={280}>
      <span className={isHidden ? styles.unseen : styles.author}>
        <IconRobot size={13} aria-hidden /> {t("automatic")}
      </span>
    </Tooltip>
  );
}

function Part({ reply: { part }, count }: { reply: NonNullable<ThreadMessage["reply"]>; count: number }) {
  const t = useTranslations("sending");
  return count > 1 ? <span>{t("part", { part: part + 1, count })}</span> : null;
}

function OurReaction({ emoji }: { emoji: string }) {
  const t = useTranslations("sending.react");
  return (
    <span className={styles.ourReaction} role="img" aria-label={t("ours", { emoji })} title={t("ours", { emoji })}>
      {emoji}
    </span>
  );
}

function Reaction({ emoji, name }: { emoji: string; name: string }) {
  const t = useTranslations("lead.message");
  return (
    <span
      className={styles.reaction}
      role="img"
      aria-label={t("reaction", { name, emoji })}
      title={t("reaction", { name, emoji })}
    >
      {emoji}
    </span>
  );
}

/** What a message said before it was changed. Native disclosure: it works before any script does. */
function Earlier({ texts }: { texts: readonly string[] }) {
  const t = useTranslations("lead.message");
  return (
    <details className={styles.earlier}>
      <summary>{t("edited", { count: texts.length })}</summary>
      <ol>
        {texts.map((text, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: earlier texts never move, and may be equal.
          <li key={index}>
            <SafeText text={text} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function Quoted({ message }: { message: ThreadMessage }) {
  const t = useTranslations("lead.message");
  return (
    <blockquote className={styles.quoted}>
      <span>{t("answers")}</span> {message.isDeleted ? t("deleted") : <Said message={message} />}
    </blockquote>
  );
}

function Said({ message: { text } }: { message: ThreadMessage }) {
  const t = useTranslations("thread");
  return text === null || text === "" ? t("answersAttachment") : <SafeText text={text.slice(0, 120)} />;
}

/** What is answered was written before we were there, or is further up than a screen shows. */
function Unquoted() {
  const t = useTranslations("thread");
  return <blockquote className={styles.quoted}>{t("answersEarlier")}</blockquote>;
}
