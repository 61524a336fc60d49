"use client";

import { Button, SegmentedControl, Textarea } from "@mantine/core";
import { IconMessage, IconNote, IconSend2 } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type Ref, useImperativeHandle, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useClock } from "#components/ui/clock.tsx";
import { controlAt } from "#lib/threads/control.ts";
import { MAX_TEXT } from "#lib/threads/reply.ts";
import { judgeReply } from "#lib/threads/reply-policy.ts";
import type { ThreadPage } from "#lib/threads/thread-page.ts";
import { replyTerms } from "#lib/threads/window.ts";
import { ClosedWindow } from "./closed-window.tsx";
import type { Contact } from "./contact.ts";
import { HumanStep } from "./human-step.tsx";
import { NewerMessage } from "./newer-message.tsx";
import styles from "./thread.module.css";
import type { DraftState } from "./use-draft.ts";
import type { SendProblem } from "./use-follow-up.ts";
import { WindowBadge } from "./window-badge.tsx";

export type ComposerMode = "reply" | "note";
export type ComposerHandle = { write: (mode: ComposerMode) => void };

type Props = {
  thread: ThreadPage;
  name: string;
  contacts: readonly Contact[];
  text: string;
  onText: (text: string) => void;
  draftState: DraftState;
  problem: SendProblem | null;
  isSending: boolean;
  onSend: () => void;
  onSendAnyway: () => void;
  onKeepEditing: () => void;
  onNote: (text: string) => Promise<boolean>;
  ref?: Ref<ComposerHandle>;
};

/** Close to the limit people want to know how close. */
const COUNT_FROM = MAX_TEXT - 300;

/** Where an agent writes: says on what terms, and what stands in the way. */
export function Composer(props: Props) {
  const t = useTranslations("lead.composer");
  const [mode, setMode] = useState<ComposerMode>("reply");
  const [note, setNote] = useState("");
  const [personalUntil, setPersonalUntil] = useState<number | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const terms = replyTerms(props.thread.window, "person", useClock());
  const needsStep = terms.phase === "human" && personalUntil !== terms.endsAt.getTime();

  const write = (next: ComposerMode) => {
    flushSync(() => setMode(next));
    field.current?.focus();
  };
  useImperativeHandle(props.ref, () => ({ write }));

  const saveNote = async () => {
    if (note.trim() !== "" && (await props.onNote(note))) setNote("");
  };

  return (
    <section className={styles.composer} data-mode={mode} aria-label={t("label")}>
      <div className={styles.composerHead}>
        <SegmentedControl
          size="xs"
          value={mode}
          aria-label={t("label")}
          onChange={(next) => write(next === "note" ? "note" : "reply")}
          data={[
            { value: "reply", label: <Mode icon={<IconMessage size={14} />} word={t("reply")} /> },
            { value: "note", label: <Mode icon={<IconNote size={14} />} word={t("note")} /> },
          ]}
        />
        {mode === "reply" && <WindowBadge terms={terms} />}
      </div>
      {mode === "note" ? (
        <NoteEditor text={note} onText={setNote} onSave={() => void saveNote()} name={props.name} ref={field} />
      ) : terms.phase === "closed" ? (
        <ClosedWindow
          window={props.thread.window}
          name={props.name}
          contacts={props.contacts}
          onNote={() => write("note")}
        />
      ) : needsStep ? (
        <HumanStep endsAt={terms.endsAt} onStart={() => setPersonalUntil(terms.endsAt.getTime())} />
      ) : (
        <ReplyEditor {...props} field={field} />
      )}
    </section>
  );
}

function Mode({ icon, word }: { icon: React.ReactNode; word: string }) {
  return (
    <span className={styles.mode}>
      <span aria-hidden>{icon}</span> {word}
    </span>
  );
}

function ReplyEditor(props: Props & { field: Ref<HTMLTextAreaElement> }) {
  const t = useTranslations("lead");
  const { thread, text, name, problem } = props;
  const now = useClock();
  const judgement = judgeReply({ window: thread.window, control: thread.control, sender: "person", text, now });
  const { state } = controlAt(thread.control, now);
  const blocked = state === "leadgen" || state === "page_inbox" || state === "other_app" ? state : null;
  const over = text.length - MAX_TEXT;
  // Until we know whether the server took it, the text stays as it was sent: pressing again is the same reply.
  const isFixed = problem?.kind === "unreachable";
  return (
    <>
      {problem?.kind === "newer" && (
        <NewerMessage
          messages={problem.messages}
          onSend={props.onSendAnyway}
          onKeep={props.onKeepEditing}
          isSending={props.isSending}
        />
      )}
      <Textarea
        ref={props.field}
        aria-label={t("composer.replyLabel", { name })}
        placeholder={t("composer.replyPlaceholder", { name })}
        autosize
        minRows={2}
        maxRows={10}
        dir="auto"
        value={text}
        readOnly={isFixed}
        error={over > 0 ? t("composer.tooLong", { over }) : undefined}
        onChange={(event) => props.onText(event.currentTarget.value)}
        onKeyDown={onSendKey(props.onSend)}
      />
      <div role="alert">
        {problem?.kind === "unreachable" && <p className={styles.problem}>{t("composer.unreachable")}</p>}
        {problem?.kind === "refused" && (
          <p className={styles.problem}>{t("composer.refused", { why: t(`error.${problem.why}`, { name }) })}</p>
        )}
      </div>
      <div className={styles.composerFoot}>
        <span className={styles.dim}>
          {blocked === null ? text !== "" && <Draft state={props.draftState} /> : t(`composer.blocked.${blocked}`)}
        </span>
        {text.length >= COUNT_FROM && (
          <span className={styles.count} data-over={over > 0 || undefined}>
            {t("composer.count", { count: text.length, max: MAX_TEXT })}
          </span>
        )}
        <kbd className={styles.hint}>{t("composer.keys")}</kbd>
        <Button
          leftSection={<IconSend2 size={16} aria-hidden />}
          loading={props.isSending}
          disabled={!judgement.allowed}
          onClick={props.onSend}
        >
          {t("composer.send")}
        </Button>
      </div>
    </>
  );
}

function Draft({ state }: { state: DraftState }) {
  const t = useTranslations("lead.composer");
  switch (state) {
    case "idle":
      return null;
    case "saving":
      return t("draftSaving");
    case "saved":
      return t("draftSaved");
    case "failed":
      return t("draftFailed");
  }
}

type NoteProps = {
  text: string;
  onText: (text: string) => void;
  onSave: () => void;
  name: string;
  ref: Ref<HTMLTextAreaElement>;
};

function NoteEditor({ text, onText, onSave, name, ref }: NoteProps) {
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
        <span className={styles.dim}>{t("noteVisible", { name })}</span>
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

function onSendKey(send: () => void) {
  return (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape") event.currentTarget.blur();
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
}
