"use client";

import { ActionIcon, Button, FileButton, Textarea } from "@mantine/core";
import { useMergedRef } from "@mantine/hooks";
import { IconPaperclip, IconSend2 } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type Ref, useRef } from "react";
import { useClock } from "#components/ui/clock.tsx";
import { controlAt } from "#lib/threads/control.ts";
import { judgeReply } from "#lib/threads/reply-policy.ts";
import type { ThreadMessage, ThreadPage } from "#lib/threads/thread-page.ts";
import { AttachedFiles } from "./attached-files.tsx";
import styles from "./composer.module.css";
import { NewerMessage } from "./newer-message.tsx";
import { onSendKey } from "./on-send-key.ts";
import { QuotedDraft } from "./quoted-draft.tsx";
import { TextCount } from "./text-count.tsx";
import shared from "./thread.module.css";
import type { Attachments } from "./use-attachments.ts";
import type { DraftState } from "./use-draft.ts";
import { useFileDrop } from "./use-file-drop.ts";
import type { SendProblem } from "./use-follow-up.ts";

export type ReplyEditorProps = {
  thread: ThreadPage;
  name: string;
  text: string;
  onText: (text: string) => void;
  attachments: Attachments;
  quoted: ThreadMessage | null;
  onUnquote: () => void;
  draftState: DraftState;
  problem: SendProblem | null;
  isSending: boolean;
  onSend: () => void;
  onSendAnyway: () => void;
  onKeepEditing: () => void;
};

/** The text to the person, what stands in its way, and the send button. */
export function ReplyEditor(props: ReplyEditorProps & { field: Ref<HTMLTextAreaElement> }) {
  const t = useTranslations("lead");
  const s = useTranslations("sending");
  const { thread, text, name, problem } = props;
  const now = useClock();
  const { attachments } = props;
  /** What is left out takes its button along: the way on is the text. */
  const field = useRef<HTMLTextAreaElement>(null);
  const fieldRef = useMergedRef(field, props.field);
  /** The browser tells nothing of a file chosen a second time, unless it forgets the first. */
  const forget = useRef<() => void>(null);
  // Files were judged one by one; with one of them the text may stay empty.
  const hasText = text.trim() !== "" || attachments.ready.length === 0;
  const message = { kind: "text", text: hasText ? text : "…" } as const;
  const judgement = judgeReply({ ...thread, sender: "person", message, now });
  const { isOver, ...drop } = useFileDrop(attachments.add);
  const { state } = controlAt(thread.control, now);
  const blocked = state === "leadgen" || state === "page_inbox" || state === "other_app" ? state : null;
  // Until we know whether the server took it, the text stays as it was sent: pressing again is the same reply.
  const isFixed = problem?.kind === "unreachable";
  return (
    <div className={styles.editor} data-over={isOver || undefined} {...drop}>
      {isOver && <p className={styles.dropHere}>{s("file.drop")}</p>}
      {problem?.kind === "newer" && (
        <NewerMessage
          messages={problem.messages}
          onSend={props.onSendAnyway}
          onKeep={props.onKeepEditing}
          isSending={props.isSending}
        />
      )}
      {props.quoted !== null && (
        <QuotedDraft
          message={props.quoted}
          onRemove={() => {
            props.onUnquote();
            field.current?.focus();
          }}
        />
      )}
      <Textarea
        ref={fieldRef}
        aria-label={t("composer.replyLabel", { name })}
        placeholder={t("composer.replyPlaceholder", { name })}
        autosize
        minRows={2}
        maxRows={10}
        dir="auto"
        value={text}
        readOnly={isFixed}
        onChange={(event) => props.onText(event.currentTarget.value)}
        onKeyDown={onSendKey(props.onSend)}
        onPaste={(event) => {
          const files = [...event.clipboardData.files];
          if (files.length === 0) return;
          event.preventDefault();
          attachments.add(files);
        }}
      />
      <AttachedFiles
        attachments={attachments}
        onRemove={(key) => {
          attachments.remove(key);
          field.current?.focus();
        }}
        isFixed={isFixed || props.isSending}
      />
      <Notes thread={thread} name={name} isHeld={judgement.allowed && judgement.isHeld} />
      <div role="alert">
        {problem?.kind === "unreachable" && <p className={styles.problem}>{t("composer.unreachable")}</p>}
        {problem?.kind === "refused" && (
          <p className={styles.problem}>{t("composer.refused", { why: t(`error.${problem.why}`, { name }) })}</p>
        )}
      </div>
      <div className={styles.composerFoot}>
        <span className={shared.dim}>
          {blocked === null ? text !== "" && <Draft state={props.draftState} /> : t(`composer.blocked.${blocked}`)}
        </span>
        <TextCount text={text} platform={thread.platform} />
        <FileButton
          multiple
          resetRef={forget}
          onChange={(files) => {
            attachments.add(files);
            forget.current?.();
          }}
          disabled={isFixed || blocked !== null}
        >
          {(button) => (
            <ActionIcon
              {...button}
              variant="subtle"
              color="gray"
              size={32}
              disabled={isFixed || blocked !== null}
              aria-label={s("file.attach")}
              title={s("file.attach")}
            >
              <IconPaperclip size={18} aria-hidden />
            </ActionIcon>
          )}
        </FileButton>
        <kbd className={styles.hint}>{t("composer.keys")}</kbd>
        <Button
          leftSection={<IconSend2 size={16} aria-hidden />}
          loading={props.isSending}
          disabled={!judgement.allowed || attachments.isOpen}
          onClick={props.onSend}
        >
          {t("composer.send")}
        </Button>
      </div>
    </div>
  );
}

/** What a reply meets that may leave all the same. */
function Notes({ thread, name, isHeld }: { thread: ThreadPage; name: string; isHeld: boolean }) {
  const t = useTranslations("sending");
  const { isStopped, isUnreachable } = thread.person;
  if (!isHeld && !isStopped && !isUnreachable) return null;
  return (
    <p className={styles.notes}>
      {isHeld && <span>{t("held")}</span>}
      {isUnreachable && <span>{t("unreachable", { name })}</span>}
      {isStopped && <span>{t("stopped", { name })}</span>}
    </p>
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
