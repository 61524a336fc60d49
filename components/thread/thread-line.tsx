"use client";

import { IconArrowsExchange, IconLink, IconMessageChatbot, IconNote } from "@tabler/icons-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ControlEvent } from "#lib/threads/control-history.ts";
import type { ThreadMessage } from "#lib/threads/thread-page.ts";
import type { MessageCommands } from "./message-actions.tsx";
import { MessageBubble } from "./message-bubble.tsx";
import { NoticeLine } from "./notice-line.tsx";
import type { Commands } from "./reply-state.tsx";
import { SafeText } from "./safe-text.tsx";
import styles from "./thread.module.css";
import type { ThreadEntry } from "./thread-entries.ts";

type Props = {
  entry: ThreadEntry;
  name: string;
  find: (id: string) => ThreadMessage | null;
  commands: Commands & MessageCommands;
};

/** One line of a thread. Lines of ours have a shape no message can have: no bubble, an icon, across the middle. */
export function ThreadLine({ entry, name, find, commands }: Props) {
  switch (entry.kind) {
    case "day":
      return <Day at={entry.at} />;
    case "message": {
      const { message, isContinued } = entry;
      const answered = message.replyToId === null ? null : find(message.replyToId);
      return (
        <MessageBubble
          message={message}
          isContinued={isContinued}
          answered={answered}
          name={name}
          commands={commands}
        />
      );
    }
    case "questions":
      return <Questions answers={entry.answers} />;
    case "question":
      return <Spoken side="out" text={entry.text} />;
    case "answer":
      return <Spoken side="in" text={entry.text} />;
    case "note":
      return <Note author={entry.note.author} text={entry.note.text} at={entry.at} />;
    case "control":
      return <ControlLine event={entry.event} />;
    case "referral":
      return <ReferralLine entry={entry} name={name} />;
    case "notice":
      return <NoticeLine notice={entry.notice} name={name} time={<Time at={entry.at} />} />;
    case "sibling":
      return <Sibling entry={entry} />;
  }
}

function Day({ at }: { at: Date }) {
  const format = useFormatter();
  return (
    <h3 className={styles.day}>
      <time dateTime={at.toISOString()}>
        {format.dateTime(at, { weekday: "long", day: "numeric", month: "long", year: "numeric" })}
      </time>
    </h3>
  );
}

function Time({ at }: { at: Date }) {
  const format = useFormatter();
  return (
    <time
      className={styles.dim}
      dateTime={at.toISOString()}
      title={format.dateTime(at, { dateStyle: "full", timeStyle: "medium" })}
    >
      {format.dateTime(at, { timeStyle: "short" })}
    </time>
  );
}

function Questions({ answers }: { answers: (ThreadEntry & { kind: "questions" })["answers"] }) {
  const t = useTranslations("lead.questions");
  return (
    <section className={styles.questions} aria-label={t("title")}>
      <p className={styles.questionsHead} title={t("hint")}>
        <IconMessageChatbot size={14} aria-hidden /> {t("title")}
      </p>
      {answers.map(({ question, answer }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a question may come twice, and answers never move.
        <div key={index} className={styles.pair}>
          <Spoken side="out" text={question} />
          {answer !== "" && <Spoken side="in" text={answer} />}
        </div>
      ))}
      <p className={styles.dim}>{t("hint")}</p>
    </section>
  );
}

/** Half of a question and its answer, known from the lead and not as a message: it has no time of its own. */
function Spoken({ side, text }: { side: "in" | "out"; text: string }) {
  return (
    <div className={styles.message} data-side={side} data-from={side === "out" ? "leadgen" : "person"}>
      <div className={styles.bubble}>
        <SafeText text={text} />
      </div>
    </div>
  );
}

function Note({ author, text, at }: { author: string; text: string; at: Date }) {
  const t = useTranslations("lead.note");
  return (
    <article className={styles.note} aria-label={t("title")}>
      <p className={styles.noteHead}>
        <IconNote size={14} aria-hidden />
        <span>{t.rich("by", { name: author })}</span> <Time at={at} />
      </p>
      <SafeText text={text} />
    </article>
  );
}

function ControlLine({ event }: { event: ControlEvent }) {
  const sentence = useControlSentence();
  return (
    <p className={styles.system}>
      <IconArrowsExchange size={14} aria-hidden /> <span>{sentence(event)}</span> <Time at={event.at} />
    </p>
  );
}

/** Who got control and why, or what an agent of ours did about it. */
function useControlSentence(): (event: ControlEvent) => string {
  const t = useTranslations("lead.control");
  const format = useFormatter();
  const app = (appId: string | null) => (appId === null ? "" : ` (${t("app", { id: appId })})`);
  return (event) => {
    switch (event.what) {
      case "changed": {
        const { state, appId, why } = event;
        const line = `${t(`line.${state}`)}${state === "other_app" ? app(appId) : ""}`;
        return why === "told" ? line : `${line} · ${t(`why.${why}`)}`;
      }
      case "acted": {
        const { action, appId, until } = event;
        const name = event.by ?? t("colleague");
        const end = until === null ? "" : format.dateTime(until, { dateStyle: "medium", timeStyle: "short" });
        return `${t(`by.${action}`, { name, until: end })}${action === "pass_app" ? app(appId) : ""}`;
      }
      case "refused":
        return t("refusedLine", { name: event.by ?? t("colleague"), action: t(`do.${event.action}`) });
      case "requested":
        return `${t("requestedLine")}${app(event.appId)}`;
    }
  };
}

function ReferralLine({ entry, name }: { entry: ThreadEntry & { kind: "referral" }; name: string }) {
  const t = useTranslations("lead.referral");
  const { ref, isAd, at } = entry;
  return (
    <p className={styles.system}>
      <IconLink size={14} aria-hidden />{" "}
      <span>
        {isAd ? t("ad", { name }) : t("link", { name })}
        {ref !== null && ref !== "" && (
          <>
            {" "}
            <SafeText text={ref} />
          </>
        )}
      </span>{" "}
      <Time at={at} />
    </p>
  );
}

function Sibling({ entry }: { entry: ThreadEntry & { kind: "sibling" } }) {
  const t = useTranslations();
  const { ref, status, reason } = entry.sibling;
  const words =
    reason === null ? t(`common.status.${status}`) : `${t(`common.status.${status}`)}: ${t(`common.reason.${reason}`)}`;
  return (
    <p className={styles.system}>
      <IconLink size={14} aria-hidden /> <span>{t("lead.sibling.line", { status: words })}</span>{" "}
      <Link href={`/leads/${ref}`}>{t("lead.sibling.open")}</Link> <Time at={entry.at} />
    </p>
  );
}
