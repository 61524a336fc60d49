"use client";

import { Button } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { type Ref, useId, useRef, useState } from "react";
import { AdCard } from "#components/lead/ad-card.tsx";
import type { LeadActions } from "#components/lead/lead-actions.ts";
import type { LeadTalk } from "#components/lead/use-lead-talk.ts";
import type { ThreadedLead } from "#lib/leads/lead-page.ts";
import { Composer, type ComposerHandle } from "./composer.tsx";
import type { Contact } from "./contact.ts";
import { ControlBanner, type ControlHandle } from "./control-banner.tsx";
import { NewMessages } from "./new-messages.tsx";
import styles from "./thread.module.css";
import { threadEntries } from "./thread-entries.ts";
import { ThreadLine } from "./thread-line.tsx";
import { useDraft } from "./use-draft.ts";
import { useFollowUp } from "./use-follow-up.ts";

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
  const followUp = useFollowUp({
    leadRef: lead.ref,
    thread: lead.thread,
    author: me,
    text: draft.text,
    setText: draft.setText,
    send: actions.followUp,
    onLost: talk.lost,
  });
  const [isAtBottom, setAtBottom] = useState(true);
  const scroller = useRef<HTMLDivElement>(null);
  const headId = useId();

  const { messages } = followUp;
  const thread = { ...lead.thread, messages };
  const entries = threadEntries({ ...lead, thread }, (at) => format.dateTime(at, { dateStyle: "short" }));
  const find = (id: string) => messages.find((message) => message.id === id) ?? null;

  /** Gives a text back to the editor without losing what is there. */
  const putBack = (text: string) => draft.setText(draft.text === "" ? text : `${text}\n\n${draft.text}`);
  const commands = {
    me: me.id,
    onAgain: putBack,
    onUndo: (replyId: string) => {
      const text = messages.find(({ reply }) => reply?.id === replyId)?.text ?? "";
      talk.undoReply(replyId, () => putBack(text));
    },
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
      />
      <Composer
        ref={composer}
        thread={lead.thread}
        name={name}
        contacts={contacts}
        text={draft.text}
        onText={draft.setText}
        draftState={draft.state}
        problem={followUp.problem}
        isSending={followUp.isSending}
        onSend={followUp.send}
        onSendAnyway={followUp.sendAnyway}
        onKeepEditing={followUp.keepEditing}
        onNote={talk.writeNote}
      />
    </section>
  );
}
