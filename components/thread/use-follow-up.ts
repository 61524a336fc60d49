"use client";

import { useOptimistic, useRef, useState, useTransition } from "react";
import type { FollowUpAnswer, LeadActions, ReplyWhy } from "#components/lead/lead-actions.ts";
import { UNDO_SECONDS } from "#lib/threads/reply.ts";
import { type Platform, splitText } from "#lib/threads/reply-text.ts";
import type { ThreadMessage, ThreadPage } from "#lib/threads/thread-page.ts";
import type { Attachments } from "./use-attachments.ts";

export type SendProblem =
  | { kind: "unreachable" }
  | { kind: "refused"; why: Exclude<ReplyWhy, "newer_message"> }
  | { kind: "newer"; messages: ThreadMessage[] };

type Refusal = { kind: "unreachable" } | { kind: "refused"; why: ReplyWhy } | null;

type Props = {
  leadRef: string;
  thread: ThreadPage;
  author: { id: string; name: string };
  text: string;
  setText: (text: string) => void;
  attachments: Attachments;
  quote: { id: string; clear: () => void } | null;
  send: LeadActions["followUp"];
  /** The lead is gone, or the request made no sense. */
  onLost: (outcome: "not-found" | "bad-request") => void;
};

/** One press, one reply: the press keeps its id until the server has said what became of it. */
export function useFollowUp({ leadRef, thread, author, text, setText, attachments, quote, send, onLost }: Props) {
  const [isSending, startSending] = useTransition();
  const [messages, showAtOnce] = useOptimistic(thread.messages, (shown, more: ThreadMessage[]) => [...shown, ...more]);
  const [refusal, setRefusal] = useState<Refusal>(null);
  /** The presses of this sitting, by their ids. */
  const [own, setOwn] = useState<ReadonlySet<string>>(new Set());
  /** What the author had seen when they pressed; kept while the outcome or the author's decision is open. */
  const [pressed, setPressed] = useState<{ seenMid: string | null } | null>(null);
  const seen = useSeen(thread, text === "" && pressed === null, own);
  const intentId = useRef<string | null>(null);
  const isBusy = useRef(false);

  const press = (seenMid: string | null) => {
    if (isBusy.current || attachments.isOpen || (text.trim() === "" && attachments.ready.length === 0)) return;
    isBusy.current = true;
    intentId.current ??= crypto.randomUUID();
    const intent = intentId.current;
    setRefusal(null);
    setPressed({ seenMid });
    setText("");
    const mediaIds = attachments.ready.map(({ id }) => id);
    const replyToMid = quote?.id ?? null;
    startSending(async () => {
      showAtOnce(pending({ intentId: intent, text, files: attachments.ready, replyToMid }, thread.platform, author));
      const ask = { lead: leadRef, intentId: intent, text, mediaIds, replyToMid, seenMid };
      const answer = await send(ask).catch(() => null);
      isBusy.current = false;
      // Not knowing is no answer: the same press may be repeated, and stays the same press.
      if (answer !== null) intentId.current = null;
      settle(answer, text, intent);
    });
  };

  const settle = (answer: FollowUpAnswer | null, sent: string, intent: string) => {
    if (answer?.outcome === "queued") {
      setPressed(null);
      attachments.clear();
      quote?.clear();
      return setOwn((ids) => new Set([...ids, intent]));
    }
    setText(sent);
    if (answer === null) return setRefusal({ kind: "unreachable" });
    if (answer.outcome === "refused") return setRefusal({ kind: "refused", why: answer.why });
    setPressed(null);
    onLost(answer.outcome);
  };

  return {
    messages,
    isSending,
    problem: problemOf(refusal, thread, pressed?.seenMid ?? null, own),
    send: () => press(refusal?.kind === "unreachable" && pressed !== null ? pressed.seenMid : seen.mid),
    sendAnyway: () => {
      seen.catchUp();
      press(thread.lastPageSideMid);
    },
    keepEditing: () => {
      seen.catchUp();
      setPressed(null);
      setRefusal(null);
    },
  };
}

/**
 * The newest page-side message its author had before them when they began to write. While nothing is
 * written it follows the thread; our own replies of this sitting are no news to us.
 */
function useSeen(thread: ThreadPage, isIdle: boolean, own: ReadonlySet<string>) {
  const latest = thread.lastPageSideMid;
  const [mid, setMid] = useState(latest);
  const newest = thread.messages.find((message) => message.id === latest);
  const isOwn = newest?.reply !== null && newest?.reply !== undefined && own.has(newest.reply.intentId);
  if (mid !== latest && (isIdle || isOwn)) setMid(latest);
  return { mid, catchUp: () => setMid(latest) };
}

function problemOf(
  refusal: Refusal,
  thread: ThreadPage,
  seenMid: string | null,
  own: ReadonlySet<string>,
): SendProblem | null {
  if (refusal === null || refusal.kind === "unreachable") return refusal;
  if (refusal.why !== "newer_message") return { kind: "refused", why: refusal.why };
  const from = thread.messages.findIndex((message) => message.id === seenMid) + 1;
  const messages = thread.messages.slice(from).filter((message) => isColleague(message, own));
  return { kind: "newer", messages };
}

/** Somebody else of the page's side; the automatic questions are nobody. */
function isColleague({ from, reply }: ThreadMessage, own: ReadonlySet<string>): boolean {
  return (
    from !== "person" &&
    from !== "leadgen" &&
    reply?.authorId !== null &&
    (reply === null || (reply.state !== "cancelled" && !own.has(reply.intentId)))
  );
}

type Press = {
  intentId: string;
  text: string;
  files: Attachments["ready"];
  replyToMid: string | null;
};

/** What the screen shows until the server's own rows arrive; it cannot be taken back yet. */
function pending(press: Press, platform: Platform, author: { id: string; name: string }): ThreadMessage[] {
  const written = press.text.trim();
  const texts = written === "" ? [] : splitText(written, platform);
  const parts = [
    ...texts.map((text) => ({ text, attachments: [] })),
    ...press.files.map(({ kind, name, href }) => ({
      text: null,
      attachments: [
        { type: kind, url: null, title: name, file: { href, contentType: kind === "file" ? null : `${kind}/*` } },
      ],
    })),
  ];
  const now = Date.now();
  return parts.map((part, index) => ({
    ...part,
    id: `reply:${press.intentId}:${index}`,
    from: "agent",
    authorName: author.name,
    earlierTexts: [],
    reaction: null,
    kind: "message",
    at: new Date(now + index),
    isDeleted: false,
    isUnsupported: false,
    replyToId: index === 0 ? press.replyToMid : null,
    reply: {
      id: "",
      authorId: author.id,
      intentId: press.intentId,
      part: index,
      state: "queued",
      reason: null,
      leavesInMs: UNDO_SECONDS * 1000,
      errorCode: null,
      errorSubcode: null,
    },
    receipt: null,
  }));
}
