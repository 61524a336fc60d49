"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { IconCornerUpLeft, IconMoodSmile } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Platform } from "#lib/threads/reply-text.ts";
import { reactionsOf } from "#lib/threads/sender-action.ts";
import type { ThreadMessage } from "#lib/threads/thread-page.ts";
import styles from "./thread.module.css";

export type MessageCommands = {
  platform: Platform;
  /** Null: nothing can be written now. */
  onQuote: ((message: ThreadMessage) => void) | null;
  /** Null emoji: take it back. Null: Meta would refuse it now. */
  onReact: ((mid: string, emoji: string | null) => void) | null;
};

/** What an agent may do with one message of the person's. Shown on hover and focus, and always where nothing hovers. */
export function MessageActions({ message, commands }: { message: ThreadMessage; commands: MessageCommands }) {
  const t = useTranslations("sending");
  const { platform, onQuote, onReact } = commands;
  if (message.isDeleted || message.kind === "postback" || (onQuote === null && onReact === null)) return null;
  const { ourReaction = null } = message;
  return (
    <span className={styles.actions}>
      {onQuote !== null && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          aria-label={t("quote.do")}
          title={t("quote.do")}
          onClick={() => onQuote(message)}
        >
          <IconCornerUpLeft size={15} aria-hidden />
        </ActionIcon>
      )}
      {onReact !== null && (
        <Menu position="top-start" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size={24} aria-label={t("react.do")} title={t("react.do")}>
              <IconMoodSmile size={15} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <div className={styles.emojis}>
              {reactionsOf(platform).map((emoji) => (
                <Menu.Item
                  key={emoji}
                  aria-label={t("react.with", { emoji })}
                  data-chosen={emoji === ourReaction || undefined}
                  onClick={() => onReact(message.id, emoji)}
                >
                  {emoji}
                </Menu.Item>
              ))}
            </div>
            {ourReaction !== null && (
              <Menu.Item onClick={() => onReact(message.id, null)}>{t("react.remove")}</Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </span>
  );
}
