/**
 * The one judgement on whether a text may be sent into a thread, asked when it is written, when it is
 * queued and again before it leaves.
 */
import { type Control, controlAt, mayTrySending } from "./control.ts";
import { MAX_TEXT } from "./reply.ts";
import { type ReplyTerms, replyTerms, type Sender, type Window } from "./window.ts";

export type OpenTerms = Exclude<ReplyTerms, { phase: "closed" }>;

export type ReplyRefusal = "closed" | "page_inbox" | "other_app" | "leadgen" | "too_long" | "empty";

export type ReplyJudgement = { allowed: true; terms: OpenTerms } | { allowed: false; why: ReplyRefusal };

export type ReplyCase = { window: Window; control: Control; sender: Sender; text: string; now: Date };

export function judgeReply({ window, control, sender, text, now }: ReplyCase): ReplyJudgement {
  if (text.trim() === "") return refuse("empty");
  if (text.length > MAX_TEXT) return refuse("too_long");

  const { state } = controlAt(control, now);
  // Before the first answer arrives there is no window either; the running questions are the reason people know.
  if (state === "leadgen") return refuse("leadgen");

  const terms = replyTerms(window, sender, now);
  // Closed comes before the other apps: taking control from them would gain nothing.
  if (terms.phase === "closed") return refuse("closed");
  if (!mayTrySending(state)) return refuse(state === "page_inbox" ? "page_inbox" : "other_app");

  return { allowed: true, terms };
}

function refuse(why: ReplyRefusal): ReplyJudgement {
  return { allowed: false, why };
}
