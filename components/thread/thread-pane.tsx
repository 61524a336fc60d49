"use client";

import { Button } from "@mantine/core";
import { useMergedRef } from "@mantine/hooks";
import { IconArrowDown } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { type Ref, useId, useRef, useState } from "react";
import { AdCard } from "#components/lead/ad-card.tsx";
import type { LeadActions } from "#components/lead/lead-actions.ts";
import type { LeadTalk } from "#components/lead/use-lead-talk.ts";
import type { ThreadedLead } from "#lib/leads/lead-page.ts";
import type { ThreadMessage } from "#lib/threads/thread-page.ts";
import { Composer, type ComposerHandle } from "./composer.tsx";
import type { Contact } from "./contact.ts";
import { ControlBanner, type ControlHandle } from "./control-banner.tsx";
import { NewMessages } from "./new-messages.tsx";
import { fileOf } from "./own-file.ts";
import styles from "./thread.module.css";
import { threadEntries } from "./thread-entries.ts";
import { ThreadLine } from "./thread-line.tsx";
import { useAttachments } from "./use-attachments.ts";
import { useDraft } from "./use-draft.ts";
import { useFollowUp } from "./use-follow-up.ts";
import { useSigns } from "./use-signs.ts";

type Props = {
  lead: ThreadedLead;
  name: string;
  me: { id: string; name: string };
  contacts: readonly Contact[];
  actions: LeadActions;
  talk: LeadTalk;
  composer: Ref<ComposerHandle>;
  control: Ref<ControlHandle>;
};

/** From here the newest line counts as in view. */
const BOTTOM = 48;

/** The conversation, who may write in it, and the place to write. */
export function ThreadPane({ lead, name, me, contacts, actions, talk, composer, control }: Props) {
  const t = useTranslations("lead.thread");
  const format = useFormatter();
  const draft = useDraft(lead.draft, (text) => actions.keepDraft({ lead: lead.ref, text }));
  const attachments = useAttachments(lead.thread.pageId);
  const [quoteId, setQuoteId] = useState<string | null>(null);
  const quoted = lead.thread.messages.find(({ id, isDeleted }) => id === quoteId && !isDeleted) ?? null;
  const signs = useSigns(lead, actions.giveSign);
  const followUp = useFollowUp({
    leadRef: lead.ref,
    thread: lead.thread,
    author: me,
    text: draft.text,
    setText: draft.setText,
    attachments,
    quote: quoted === null ? null : { id: quoted.id, clear: () => setQuoteId(null) },
    send: actions.followUp,
    onLost: talk.lost,
  });
  const [isAtBottom, setAtBottom] = useState(true);
  const scroller = useRef<HTMLDivElement>(null);
  const headId = useId();
  const write = useRef<ComposerHandle>(null);
  const composerRef = useMergedRef(write, composer);

  const { messages } = followUp;
  const thread = { ...lead.thread, messages };
  const entries = threadEntries({ ...lead, thread }, (at) => format.dateTime(at, { dateStyle: "short" }));
  const find = (id: string) => messages.find((message) => message.id === id) ?? null;

  /** Gives a text back to the editor without losing what is there. */
  const putBack = (text: string) => draft.setText(draft.text === "" ? text : `${text}\n\n${draft.text}`);
  const restore = (parts: readonly ThreadMessage[]) => {
    const text = parts.map((part) => part.text ?? "").join("");
    if (text !== "") putBack(text);
    attachments.putBack(parts.flatMap(fileOf));
    write.current?.write("reply");
    setQuoteId(parts[0]?.replyToId ?? quoteId);
  };
  /** What one has just sent is what one wants to see. */
  const sent = (send: () => void) => {
    send();
    scroller.current?.scrollTo({ top: 0 });
  };
  const partsFrom = (intentId: string | undefined, part: number) =>
    messages.filter(({ reply }) => reply?.intentId === intentId && reply !== null && reply.part >= part);
  const commands = {
    me: me.id,
    platform: lead.thread.platform,
    partsOf: (intentId: string) => partsFrom(intentId, 0).length,
    onAgain: ({ reply }: ThreadMessage) => restore(partsFrom(reply?.intentId, reply?.part ?? 0)),
    onUndo: (replyId: string) => {
      const parts = partsFrom(messages.find(({ reply }) => reply?.id === replyId)?.reply?.intentId, 0);
      talk.undoReply(replyId, () => restore(parts));
    },
    onSettle: talk.settleUnknown,
    onReact: signs.mayReact ? talk.react : null,
    onQuote: signs.mayWrite
      ? (message: ThreadMessage) => {
          setQuoteId(message.id);
          write.current?.write("reply");
        }
      : null,
  };

  return (
    <section className={styles.pane} aria-labelledby={headId}>
      <h2 id={headId} className="unseen">
        {t("label", { name })}
      </h2>
      {/* Laid out from the bottom up: the browser itself keeps the newest line in view, and only when it was. */}
      <div
        ref={scroller}
        className={styles.scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-labelledby={headId}
        onScroll={(event) => setAtBottom(-event.currentTarget.scrollTop < BOTTOM)}
      >
        <div className={styles.lines}>
          <AdCard ad={lead.adCard} name={name} />
          {entries.length === 0 && <p className={styles.system}>{t("empty")}</p>}
          {entries.map((entry) => (
            <ThreadLine key={entry.key} entry={entry} name={name} find={find} commands={commands} />
          ))}
        </div>
      </div>
      {!isAtBottom && (
        <div className={styles.toNewest}>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconArrowDown size={14} aria-hidden />}
            onClick={() => scroller.current?.scrollTo({ top: 0 })}
          >
            {t("toNewest")}
          </Button>
        </div>
      )}
      <NewMessages messages={lead.thread.messages} name={name} />
      <ControlBanner
        ref={control}
        thread={lead.thread}
        name={name}
        isBusy={talk.isAskingControl}
        onAsk={talk.askControl}
        onFree={() => document.activeElement === document.body && write.current?.write("reply")}
      />
      <Composer
        ref={composerRef}
        thread={lead.thread}
        name={name}
        contacts={contacts}
        text={draft.text}
        onText={(text) => {
          draft.setText(text);
          if (text !== "") signs.typing();
        }}
        attachments={attachments}
        quoted={quoted}
        onUnquote={() => setQuoteId(null)}
        draftState={draft.state}
        problem={followUp.problem}
        isSending={followUp.isSending}
        onSend={() => sent(followUp.send)}
        onSendAnyway={() => sent(followUp.sendAnyway)}
        onKeepEditing={followUp.keepEditing}
        onNote={talk.writeNote}
      />
    </section>
  );
}
