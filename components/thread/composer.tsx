"use client";

import { SegmentedControl } from "@mantine/core";
import { IconMessage, IconNote } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, type Ref, useImperativeHandle, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useClock } from "#components/ui/clock.tsx";
import { controlAt } from "#lib/threads/control.ts";
import { replyTerms } from "#lib/threads/window.ts";
import { ClosedWindow } from "./closed-window.tsx";
import styles from "./composer.module.css";
import type { Contact } from "./contact.ts";
import { HumanStep } from "./human-step.tsx";
import { NoteEditor } from "./note-editor.tsx";
import { ReplyEditor, type ReplyEditorProps } from "./reply-editor.tsx";
import { WindowBadge } from "./window-badge.tsx";

type ComposerMode = "reply" | "note";
export type ComposerHandle = { write: (mode: ComposerMode) => void };

type Props = ReplyEditorProps & {
  contacts: readonly Contact[];
  onNote: (text: string) => Promise<boolean>;
  ref?: Ref<ComposerHandle>;
};

/** Where an agent writes: says on what terms, and what stands in the way. */
export function Composer(props: Props) {
  const t = useTranslations("lead.composer");
  const [mode, setMode] = useState<ComposerMode>("reply");
  const [note, setNote] = useState("");
  const [personalUntil, setPersonalUntil] = useState<number | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  /** What stands where the field would be, and what can be done there. */
  const instead = useRef<HTMLButtonElement>(null);
  const now = useClock();
  const terms = replyTerms(props.thread.window, "person", now);
  const { state } = controlAt(props.thread.control, now);
  // Before the first answer arrives there is no window yet; that the questions run is the reason people know.
  const isAsking = state === "leadgen";
  const needsStep = terms.phase === "human" && personalUntil !== terms.endsAt.getTime();

  const write = (next: ComposerMode) => {
    flushSync(() => setMode(next));
    (field.current ?? instead.current)?.focus();
  };
  const answerPersonally = (until: Date) => {
    flushSync(() => setPersonalUntil(until.getTime()));
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
        {mode === "reply" && !(isAsking && terms.phase === "closed") && <WindowBadge terms={terms} />}
      </div>
      {mode === "note" ? (
        <NoteEditor text={note} onText={setNote} onSave={() => void saveNote()} name={props.name} ref={field} />
      ) : terms.phase === "closed" && !isAsking ? (
        <ClosedWindow
          window={props.thread.window}
          name={props.name}
          contacts={props.contacts}
          onNote={() => write("note")}
          ref={instead}
        />
      ) : needsStep ? (
        <HumanStep endsAt={terms.endsAt} onStart={() => answerPersonally(terms.endsAt)} ref={instead} />
      ) : (
        <ReplyEditor {...props} field={field} />
      )}
    </section>
  );
}

function Mode({ icon, word }: { icon: ReactNode; word: string }) {
  return (
    <span className={styles.mode}>
      <span aria-hidden>{icon}</span> {word}
    </span>
  );
}
