/**
 * The one judgement on whether something may be sent into a thread, and on what terms: asked when it is written,
 * when it is queued and again before it leaves. Who writes, when, what, from which page, while who controls.
 */
import { type FileFault, fileFault, type OutgoingFile } from "#lib/media/outgoing-file.ts";
import { maySend, type TroubleKind } from "#lib/pages/page-trouble.ts";
import { type Control, controlAt, mayTrySending } from "./control.ts";
import { mayCarryTag } from "./reply-tags.ts";
import { isTooLong, type Platform } from "./reply-text.ts";
import { type ReplyTerms, replyTerms, type Sender, type Window } from "./window.ts";

export type OpenTerms = Exclude<ReplyTerms, { phase: "closed" }>;

/** A sign is what people see and nobody can answer: typing, seen. */
export type Outgoing =
  | { kind: "text"; text: string }
  | { kind: "media"; file: OutgoingFile }
  | { kind: "reaction" }
  | { kind: "sign" };

export const replyRefusals = [
  "closed",
  "free_only",
  "page_inbox",
  "other_app",
  "leadgen",
  "page_stopped",
  "stopped",
  "unreachable",
  "too_long",
  "empty",
  "file_too_large",
  "picture_too_large",
  "file_empty",
  "file_refused",
] as const;
export type ReplyRefusal = (typeof replyRefusals)[number];

/** What decides besides the message itself; read in one go. */
export type ReplyPlace = {
  platform: Platform;
  window: Window;
  control: Control;
  troubles: readonly { kind: TroubleKind; reason: string | null }[];
  /** They asked for no more notifications; Meta could not reach them, and they have not written since. */
  person: { isStopped: boolean; isUnreachable: boolean };
};

/** `isHeld`: it may go, and waits until the page can send again. */
export type ReplyJudgement =
  | { allowed: true; terms: OpenTerms; isHeld: boolean }
  | { allowed: false; why: ReplyRefusal };

export type ReplyCase = ReplyPlace & { sender: Sender; message: Outgoing; now: Date };

export function judgeReply(reply: ReplyCase): ReplyJudgement {
  const { sender, message, window, control, person, now } = reply;
  const fault = contentFault(message, reply.platform);
  if (fault !== null) return refuse(fault);

  // Before the first answer arrives there is no window either; the running questions are the reason people know.
  const { state } = controlAt(control, now);
  if (state === "leadgen") return refuse("leadgen");

  // A person may try again, and write to somebody who wants no notifications but asked something; a program may not.
  if (sender === "automation" && person.isStopped) return refuse("stopped");
  if (person.isUnreachable && (sender === "automation" || !isWritten(message))) return refuse("unreachable");

  // Closed comes before the other apps: taking control from them would gain nothing.
  const terms = replyTerms(window, sender, now);
  if (terms.phase === "closed") return refuse("closed");
  if (terms.phase === "human") {
    // A reaction and a sign are calls of their own, and carry no tag.
    if (!isWritten(message)) return refuse("free_only");
    if (!mayCarryTag(terms.tag, now)) return refuse("closed");
  }
  if (!mayTrySending(state)) return refuse(state === "page_inbox" ? "page_inbox" : "other_app");

  const isHeld = !maySend(reply.troubles);
  // What is written waits for the page; a sign that waits says something untrue.
  if (isHeld && !isWritten(message)) return refuse("page_stopped");
  return { allowed: true, terms, isHeld };
}

function contentFault(message: Outgoing, platform: Platform): ReplyRefusal | FileFault | null {
  if (message.kind === "media") return fileFault(message.file);
  if (message.kind !== "text") return null;
  if (message.text.trim() === "") return "empty";
  return isTooLong(message.text, platform) ? "too_long" : null;
}

function isWritten({ kind }: Outgoing): boolean {
  return kind === "text" || kind === "media";
}

function refuse(why: ReplyRefusal): ReplyJudgement {
  return { allowed: false, why };
}
