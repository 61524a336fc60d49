/**
 * What becomes of a reply: by Meta's answer, by its echo, by the history, by a person, or because whoever held it
 * fell silent. Each is a move from the states it may be made in, and what the thread learns from it.
 */
import type { GraphErrorWord } from "#lib/messenger/graph-error-table.ts";
import type { SendOutcome } from "#lib/messenger/send-message.ts";
import type { NotAsked } from "#lib/pages/ask-meta.ts";
import { isPagesFault, type Refusal } from "#lib/pages/page-refusal.ts";
import { type ReplyState, statesBefore } from "./reply.ts";
import type { ThreadNews } from "./thread-news.ts";

/** `data`: the columns it writes. The row must be in one of the states of `from`, else nothing happens. */
export type ReplyMove = {
  from: readonly ReplyState[];
  /** Whether only the holder of the newest lease may make it. */
  isFenced: boolean;
  data: {
    state: ReplyState;
    stateReason: string | null;
    leaseUntil: null;
    mid?: string;
    personaId?: string | null;
    settledAt?: Date;
    sendAfter?: Date;
    errorCode?: number | null;
    errorSubcode?: number | null;
    fbtraceId?: string | null;
  };
};

export type ReplyEnding = {
  move: ReplyMove;
  /** What the thread learns, whether or not the row still moves. */
  news: ThreadNews | null;
  /** Meta has lost the file: it is uploaded once more before the reply is tried again. */
  isFileGone: boolean;
};

/** What is known of a reply whose answer has come. */
export type AnsweredReply = {
  id: string;
  leaseNumber: number;
  authorId: string | null;
  errorSubcode: number | null;
  sendingAt: Date;
  personaId?: string | null;
};

/** Meta's id of the file has ended, or was never its. */
const FILE_ID_ENDED = 2018074;

const SECOND = 1000;
/** How long a reply waits before it is tried again that Meta certainly did not accept. */
const PAUSE_MS = { "not-sent": 5 * SECOND, throttled: 30 * SECOND, permission: 60 * SECOND };

/**
 * How a send ended. Whoever lost the lease meanwhile changes nothing, the row is *unknown* by then or settled by its
 * echo; but that Meta accepted it is as good a proof as the echo.
 */
export function endOfSend(reply: AnsweredReply, result: SendOutcome | NotAsked, now: Date): ReplyEnding {
  const { sendingAt } = reply;
  switch (result.outcome) {
    case "accepted":
      return {
        move: sentMove(result.mid, now, { personaId: reply.personaId ?? null }),
        news: { lastOutboundAt: sendingAt, ...(isByHuman(reply) ? { lastHumanReplyAt: sendingAt } : {}) },
        isFileGone: false,
      };
    case "not-sent":
      return backInQueue("reason" in result ? "page_waits" : "metaUnavailable", after(now, PAUSE_MS["not-sent"]));
    case "unclear":
      return fenced({ state: "unknown", stateReason: "unclear", settledAt: now });
    case "refused":
      return endOfRefused(reply, result, now);
  }
}

/** Its echo, or the one message of the history that it must be. A reply that went back after a refusal cannot have any; if it has, Meta is right. */
export function endByEcho(mid: string, at: Date): ReplyMove {
  const { from, ...move } = sentMove(mid, at);
  return { ...move, from: [...from, "queued"] };
}

export function endByHistory(mid: string, at: Date): ReplyMove {
  return sentMove(mid, at);
}

/** Only what is unclear is a person's to say. */
export function endByPerson(hasArrived: boolean, now: Date): ReplyMove {
  const state = hasArrived ? "sent" : "failed";
  const stateReason = hasArrived ? null : "not_arrived";
  const from = statesBefore(state).filter((before) => before === "unknown");
  return { from, isFenced: false, data: { state, stateReason, settledAt: now, leaseUntil: null } };
}

/** A worker died or slept with it in its hands: whether Meta has it nobody knows, so nobody sends it again. */
export const endOfLease = { from: "sending", state: "unknown", stateReason: "unclear" } as const;

/** What we send by ourselves answers nobody. */
function isByHuman({ authorId }: AnsweredReply): boolean {
  return authorId !== null;
}

function sentMove(mid: string, settledAt: Date, more: { personaId?: string | null } = {}): ReplyMove {
  const data = { state: "sent", stateReason: null, mid, settledAt, leaseUntil: null, ...more } as const;
  return { from: statesBefore("sent"), isFenced: false, data };
}

type Refused = Extract<SendOutcome, { outcome: "refused" }>;

function endOfRefused(reply: AnsweredReply, refused: Refused, now: Date): ReplyEnding {
  const { class: kind, word, code, subcode, fbtraceId } = refused;
  const error = { errorCode: code, errorSubcode: subcode, fbtraceId };
  if (kind === "throttled") return backInQueue(word, after(now, PAUSE_MS.throttled), error);
  if (mayWaitForPage(reply, refused)) {
    return backInQueue(word, after(now, kind === "permission" ? PAUSE_MS.permission : 0), error);
  }
  if (subcode === FILE_ID_ENDED && reply.errorSubcode !== FILE_ID_ENDED) {
    return { ...fenced({ state: "queued", stateReason: null, ...error }), isFileGone: true };
  }
  const ending = fenced({ state: "failed", stateReason: word, settledAt: now, ...error });
  if (kind === "window") return { ...ending, news: { refusedAt: now } };
  return kind === "thread" ? { ...ending, news: { facts: [refusedFact(reply, word, now)] } } : ending;
}

/**
 * What is wrong with the page is not the reply's fault. A missing permission is believed only once: if the check
 * that follows finds none missing, it is this one reply Meta does not want.
 */
function mayWaitForPage({ leaseNumber }: AnsweredReply, refusal: Refusal): boolean {
  return isPagesFault(refusal) && (refusal.class !== "permission" || leaseNumber === 1);
}

/** Certainly not accepted: it waits in the queue and is judged again before the next try. */
function backInQueue(why: string, sendAfter: Date, error: object = {}): ReplyEnding {
  return fenced({ state: "queued", stateReason: why, sendAfter, ...error });
}

function fenced(data: Omit<ReplyMove["data"], "leaseUntil">): ReplyEnding {
  const move = { from: ["sending"], isFenced: true, data: { leaseUntil: null, ...data } } as const;
  return { move, news: null, isFileGone: false };
}

function refusedFact({ id, leaseNumber }: AnsweredReply, word: GraphErrorWord, at: Date) {
  const isAsking = word === "questionsRunning";
  const fact = {
    key: `send:${id}:${leaseNumber}`,
    source: "send_error",
    appId: null,
    at,
    isLeadHandover: false,
  } as const;
  return { ...fact, kind: isAsking ? ("leadgen_asking" as const) : ("refused" as const) };
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
