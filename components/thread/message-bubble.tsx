"use client";

import { Tooltip } from "@mantine/core";
import {
  IconExternalLink,
  IconFile,
  IconHandClick,
  IconMapPin,
  IconMicrophone,
  IconPhoto,
  IconVideo,
} from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ThreadMessage } from "#lib/threads/thread-page.ts";
import { type Commands, ReplyStateLine } from "./reply-state.tsx";
import { SafeText } from "./safe-text.tsx";
import { safeHref } from "./text-parts.ts";
import styles from "./thread.module.css";

type Props = {
  message: ThreadMessage;
  isContinued: boolean;
  answered: ThreadMessage | null;
  name: string;
  commands: Commands;
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
        <Body message={message} />
        {message.reaction !== null && <Reaction emoji={message.reaction} name={name} />}
      </div>
      {message.earlierTexts.length > 0 && <Earlier texts={message.earlierTexts} />}
      <div className={styles.below}>
        <Tooltip label={format.dateTime(message.at, { dateStyle: "full", timeStyle: "medium" })}>
          <time dateTime={message.at.toISOString()}>{format.dateTime(message.at, { timeStyle: "short" })}</time>
        </Tooltip>
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
      return (
        <span className={className}>
          <bdi>{authorName ?? t("agentUnknown")}</bdi>
        </span>
      );
    case "page_inbox":
    case "leadgen":
    case "other_app":
      return (
        <Tooltip label={t(`${from}Hint`)}>
          <span className={className}>{authorName ?? t(from)}</span>
        </Tooltip>
      );
  }
}

function Body({ message }: { message: ThreadMessage }) {
  const t = useTranslations("lead.message");
  if (message.isDeleted) return <em>{t("deleted")}</em>;
  if (message.isUnsupported) return <em>{t("unsupported")}</em>;
  const isEmpty = (message.text ?? "") === "" && message.attachments.length === 0;
  return (
    <>
      {message.kind === "postback" && (
        <span className={styles.postback}>
          <IconHandClick size={14} aria-hidden /> {t("postback")}
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
      <span>{t("answers")}</span>{" "}
      {message.isDeleted ? t("deleted") : <SafeText text={(message.text ?? "").slice(0, 120)} />}
    </blockquote>
  );
}

const attachmentIcons = {
  image: IconPhoto,
  sticker: IconPhoto,
  video: IconVideo,
  audio: IconMicrophone,
  location: IconMapPin,
  file: IconFile,
};
const attachmentWords = ["image", "video", "audio", "file", "location", "sticker", "template", "fallback"] as const;

/** Named and linked, never loaded: the address leads to another's host, which would learn who is looking. */
function Attachment({ attachment }: { attachment: ThreadMessage["attachments"][number] }) {
  const t = useTranslations("lead");
  const href = attachment.url === null ? null : safeHref(attachment.url);
  const Icon = isIconed(attachment.type) ? attachmentIcons[attachment.type] : IconFile;
  const word = attachmentWords.find((known) => known === attachment.type) ?? "other";
  const label = (
    <>
      <Icon size={16} aria-hidden /> <span>{t(`attachment.${word}`)}</span>
      {attachment.title !== null && attachment.title !== "" && <SafeText text={attachment.title} />}
    </>
  );
  if (href === null) return <span className={styles.attachment}>{label}</span>;
  return (
    <a className={styles.attachment} href={href} target="_blank" rel="noopener noreferrer nofollow">
      {label} <IconExternalLink size={14} aria-label={t("message.attachmentOpen")} />
    </a>
  );
}

function isIconed(type: string): type is keyof typeof attachmentIcons {
  return Object.hasOwn(attachmentIcons, type);
}
