/** What production's statements on replies do: each a move that the product's rules decide. */

import type { Echo } from "#lib/messenger/meta-event.ts";
import type { SendOutcome } from "#lib/messenger/send-message.ts";
import type { AnsweredReply, ReplyMove } from "#lib/threads/reply-ending.ts";
import { judgeReply, type ReplyJudgement } from "#lib/threads/reply-policy.ts";
import { isBefore, type Rules } from "./rules.ts";
import { addMessage, type ReplyRow, type Tables, type Thread } from "./tables.ts";
import { extendByDeed, OUR_APP } from "./thread.ts";

export const LEASE = 20_000;

export function move(
  reply: ReplyRow,
  leaseNumber: number | null,
  { from, isFenced, data }: ReplyMove,
  rules: Rules,
): boolean {
  if (!from.includes(reply.state)) return false;
  if (isFenced && !rules.isFenceHeld(leaseNumber, reply.leaseNumber)) return false;
  Object.assign(reply, data);
  return true;
}

export function settleByEcho(thread: Thread, echo: Pick<Echo, "mid" | "metadata" | "at">, rules: Rules) {
  const reply = thread.replies.find((one) => rules.isEchoOf(echo, one));
  if (reply === undefined) return null;
  move(reply, null, rules.endByEcho(echo.mid, echo.at), rules);
  return { id: reply.id, isAutomatic: reply.authorId === null };
}

export function settleByHistory(thread: Thread, now: number, rules: Rules): void {
  const left = thread.replies.flatMap(({ id, text, sendingAt, state, stateReason, mid, authorId }) =>
    sendingAt === null || mid !== null ? [] : [{ id, text, sendingAt, authorId, state, stateReason }],
  );
  const unknown = left.filter(({ state }) => state === "unknown");
  if (unknown.length === 0) return;
  const rivals = left.filter(
    ({ state, stateReason }) => state === "sending" || state === "sent" || stateReason === "not_arrived",
  );
  const candidates = [...thread.messages.values()].filter(
    ({ direction, replyId, appId }) => direction === "out" && replyId === null && (appId === null || appId === OUR_APP),
  );
  for (const { id, mid, sentAt } of rules.matchReplies(unknown, candidates, rivals)) {
    const reply = thread.replies.find((one) => one.id === id);
    if (reply === undefined || !move(reply, null, rules.endByHistory(mid, sentAt), rules)) continue;
    const message = thread.messages.get(mid);
    if (message !== undefined) Object.assign(message, { replyId: id, appId: OUR_APP });
    const news = { lastHumanReplyAt: sentAt };
    extendByDeed(thread, { news, message: null }, now, rules);
  }
}

/** Whether something may be written into a thread now, by the product's one judgement. */
export function judge(thread: Thread, text: string, now: number): ReplyJudgement {
  const { lastActionAt, lastOpener, firstAdMessageAt, probableActionAt, refusedAt } = thread;
  return judgeReply({
    platform: "messenger",
    window: { lastActionAt, opener: lastOpener, firstAdMessageAt, probableActionAt, refusedAt, hasHumanAgent: false },
    control: thread.control,
    troubles: [],
    person: { isStopped: false, isUnreachable: false },
    sender: "person",
    message: { kind: "text", text },
    now: new Date(now),
  });
}

export type LeasedReply = AnsweredReply & { reply: ReplyRow; thread: Thread };

/** Takes the next due reply and commits it as *sending*, or as *failed* where the rules forbid it by now. */
export function leaseReply(tables: Tables, now: number, rules: Rules): LeasedReply | "refused" | null {
  const due = [...tables.threads.values()].flatMap(({ replies }) =>
    replies.filter(
      (one) =>
        one.state === "queued" &&
        one.sendAfter.getTime() <= now &&
        !replies.some((other) => other !== one && rules.mustWait(one, other)),
    ),
  );
  const [reply] = due.toSorted((a, b) => a.sendAfter.getTime() - b.sendAfter.getTime() || (isBefore(a, b) ? -1 : 1));
  const thread = reply === undefined ? undefined : tables.threads.get(`${reply.pageId}/${reply.psid}`);
  if (reply === undefined || thread === undefined) return null;
  const judgement = judge(thread, reply.text, now);
  if (!judgement.allowed) {
    Object.assign(reply, { state: "failed", stateReason: judgement.why, settledAt: new Date(now), leaseUntil: null });
    return "refused";
  }
  const leaseNumber = reply.leaseNumber + 1;
  const sendingAt = new Date(now);
  Object.assign(reply, { state: "sending", stateReason: null, leaseUntil: now + LEASE, leaseNumber, sendingAt });
  const { id, authorId, errorSubcode } = reply;
  return { reply, thread, id, authorId, errorSubcode, leaseNumber, sendingAt };
}

/** Writes how a send ended, and what the thread learns from it. */
export function settleReply(leased: LeasedReply, result: SendOutcome, now: number, rules: Rules): void {
  const { reply, thread, sendingAt } = leased;
  const ending = rules.endOfSend(leased, result, new Date(now));
  move(reply, leased.leaseNumber, ending.move, rules);
  const { id: replyId, text } = reply;
  const written = { direction: "out", kind: "message", text, replyToMid: null, quickReply: null } as const;
  const message =
    result.outcome === "accepted"
      ? { ...written, mid: result.mid, sentAt: sendingAt, appId: OUR_APP, replyId, deletedAt: null }
      : null;
  if (message !== null) {
    addMessage(thread, { ...message });
    const known = thread.messages.get(message.mid);
    if (known !== undefined && known.replyId === null) Object.assign(known, { replyId, appId: OUR_APP });
  }
  if (message === null && ending.news === null) return;
  extendByDeed(thread, { news: ending.news ?? {}, message }, now, rules);
}

/** What a dead worker held in its hands. */
export function settleLost(tables: Tables, now: number, rules: Rules): void {
  const { from, state, stateReason } = rules.endOfLease;
  for (const { replies } of tables.threads.values()) {
    for (const reply of replies) {
      if (reply.state !== from || reply.leaseUntil === null || reply.leaseUntil >= now) continue;
      const leaseNumber = reply.leaseNumber + 1;
      Object.assign(reply, { state, stateReason, settledAt: new Date(now), leaseUntil: null, leaseNumber });
    }
  }
}
