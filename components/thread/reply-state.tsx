"use client";

import { Button } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCheck,
  IconChecks,
  IconClock,
  IconEye,
  IconHelpCircle,
  IconSend2,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { reasonWord } from "#lib/threads/reason-words.ts";
import { UNDO_SECONDS } from "#lib/threads/reply.ts";
import type { ThreadMessage } from "#lib/threads/thread-page.ts";
import styles from "./thread.module.css";

type Reply = NonNullable<ThreadMessage["reply"]>;
/** What an agent may still do about a reply; taking back is for its author alone. */
export type Commands = {
  me: string;
  onUndo: (replyId: string) => void;
  /** Gives what was not sent back to the editor: this part and those behind it. */
  onAgain: (message: ThreadMessage) => void;
  onSettle: (replyId: string, hasArrived: boolean) => void;
  /** A reply in several messages says so, and is taken back at the last. */
  partsOf: (intentId: string) => number;
};

/** How far a message of ours has come, in icon and word; for trouble also why, and what happens now. */
export function ReplyStateLine({
  message,
  name,
  commands,
}: {
  message: ThreadMessage;
  name: string;
  commands: Commands;
}) {
  const { reply, receipt } = message;
  switch (reply?.state) {
    case undefined:
    case "sent":
      // How far the automatic questions came is nobody's worry.
      return message.from === "leadgen" ? null : <Receipt receipt={receipt ?? (reply === null ? null : "sent")} />;
    case "queued":
      return (
        <Queued
          reply={reply}
          name={name}
          onUndo={
            reply.authorId === commands.me && reply.part === commands.partsOf(reply.intentId) - 1
              ? commands.onUndo
              : null
          }
        />
      );
    case "sending":
      return <State icon={<IconSend2 size={14} />} word="sending" />;
    case "cancelled":
      return <State icon={<IconClock size={14} />} word="cancelled" />;
    case "failed":
      return <Failed reply={reply} name={name} onAgain={() => commands.onAgain(message)} />;
    case "unknown":
      return <Unknown reply={reply} onSettle={commands.onSettle} />;
  }
}

function Receipt({ receipt }: { receipt: ThreadMessage["receipt"] }) {
  const t = useTranslations("lead.receipt");
  if (receipt === null) return null;
  const icons = { sent: <IconCheck size={14} />, delivered: <IconChecks size={14} />, read: <IconEye size={14} /> };
  return (
    <span className={styles.state} data-state={receipt}>
      <span aria-hidden>{icons[receipt]}</span> {t(receipt)}
    </span>
  );
}

function State({
  icon,
  word,
}: {
  icon: ReactNode;
  word: Reply["state"] & ("sending" | "cancelled" | "failed" | "unknown");
}) {
  const t = useTranslations("lead.reply");
  return (
    <span className={styles.state} data-state={word}>
      <span aria-hidden>{icon}</span> {t(word)}
    </span>
  );
}

/** Counts down to the moment the worker may take the reply; after that it merely waits its turn. */
function Queued({ reply, name, onUndo }: { reply: Reply; name: string; onUndo: ((replyId: string) => void) | null }) {
  const t = useTranslations("lead.reply");
  const seconds = useSecondsUntil(reply.leavesInMs);
  const isHeld = reply.reason !== null;
  const line = (
    <span className={styles.state} data-state="queued">
      <span aria-hidden>
        <IconClock size={14} />
      </span>
      <span>{isHeld || seconds === 0 ? t("waiting") : t("queued", { seconds })}</span>
      {onUndo !== null && reply.id !== "" && (
        <Button size="compact-xs" variant="light" aria-label={t("undoLabel")} onClick={() => onUndo(reply.id)}>
          {t("undo")}
        </Button>
      )}
    </span>
  );
  if (!isHeld) return line;
  return (
    <div className={styles.trouble} data-state="queued">
      {line}
      <Why reply={reply} name={name} />
      <p>
        {t("waitingWhat")} {onUndo !== null && t("waitingUndo")}
      </p>
    </div>
  );
}

/** By the browser's steady clock: the other one may be wrong. */
function useSecondsUntil(leavesInMs: number): number {
  const [seconds, setSeconds] = useState(UNDO_SECONDS);
  useEffect(() => {
    const endsAt = performance.now() + leavesInMs;
    const tick = () => setSeconds(Math.max(0, Math.ceil((endsAt - performance.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [leavesInMs]);
  return seconds;
}

function Failed({ reply, name, onAgain }: { reply: Reply; name: string; onAgain: () => void }) {
  const t = useTranslations("lead.reply");
  return (
    <div className={styles.trouble} data-state="failed">
      <State icon={<IconAlertTriangle size={14} />} word="failed" />
      <Why reply={reply} name={name} />
      {reply.reason !== "earlier_part" && (
        <Button size="compact-xs" variant="default" onClick={onAgain}>
          {t("again")}
        </Button>
      )}
    </div>
  );
}

function Unknown({ reply, onSettle }: { reply: Reply; onSettle: Commands["onSettle"] }) {
  const t = useTranslations("lead.reply");
  const s = useTranslations("sending.unknown");
  return (
    <div className={styles.trouble} data-state="unknown">
      <State icon={<IconHelpCircle size={14} />} word="unknown" />
      <p>{reply.reason === "before_restore" ? s("restored") : t("unknownWhat")}</p>
      <fieldset className={styles.settle}>
        <legend>{s("label")}</legend>
        <Button size="compact-xs" variant="default" onClick={() => onSettle(reply.id, true)}>
          {s("arrived")}
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => onSettle(reply.id, false)}>
          {s("lost")}
        </Button>
      </fieldset>
      <Code reply={reply} />
    </div>
  );
}

function Why({ reply, name }: { reply: Reply; name: string }) {
  const t = useTranslations("lead.error");
  return (
    <>
      <p>{t(reasonWord(reply.reason), { name })}</p>
      <Code reply={reply} />
    </>
  );
}

/** The code is for those who look after the connection: one click away, never in the sentence. */
function Code({ reply }: { reply: Reply }) {
  const t = useTranslations("lead.reply");
  const code = [reply.errorCode, reply.errorSubcode].filter((part) => part !== null).join("/");
  // Our own words have said it all; one we have no sentence for is shown as it stands.
  const shown = code !== "" ? code : reasonWord(reply.reason) === "other" ? reply.reason : null;
  if (shown === null) return null;
  return (
    <details>
      <summary>{t("codeToggle")}</summary>
      {t("code", { code: shown })}
    </details>
  );
}
