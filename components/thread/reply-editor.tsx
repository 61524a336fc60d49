"use client";

import { Button, Textarea } from "@mantine/core";
import { IconSend2 } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Ref } from "react";
import { useClock } from "#components/ui/clock.tsx";
import { controlAt } from "#lib/threads/control.ts";
import { judgeReply } from "#lib/threads/reply-policy.ts";
import type { ThreadPage } from "#lib/threads/thread-page.ts";
import styles from "./composer.module.css";
import { NewerMessage } from "./newer-message.tsx";
import { onSendKey } from "./on-send-key.ts";
import { TextCount } from "./text-count.tsx";
import shared from "./thread.module.css";
import type { DraftState } from "./use-draft.ts";
import type { SendProblem } from "./use-follow-up.ts";

export type ReplyEditorProps = {
  thread: ThreadPage;
  name: string;
  text: string;
  onText: (text: string) => void;
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
  const { thread, text, name, problem } = props;
  const now = useClock();
  const judgement = judgeReply({ ...thread, sender: "person", message: { kind: "text", text }, now });
  const { state } = controlAt(thread.control, now);
  const blocked = state === "leadgen" || state === "page_inbox" || state === "other_app" ? state : null;
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
        <span className={shared.dim}>
          {blocked === null ? text !== "" && <Draft state={props.draftState} /> : t(`composer.blocked.${blocked}`)}
        </span>
        <TextCount text={text} platform={thread.platform} />
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
