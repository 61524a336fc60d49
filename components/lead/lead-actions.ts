import type { Stage } from "#lib/leads/lead.ts";
import type { ControlActionKind } from "#lib/threads/control-actions.ts";
import type { ReplyRefusal } from "#lib/threads/reply-policy.ts";
import type { Sign } from "#lib/threads/sender-action.ts";

/** A request that does not have the shape our own page sends. */
type BadRequest = "bad-request";

export type ClaimAnswer = "claimed" | "taken" | "not-found" | BadRequest;
export type AssignAnswer = "assigned" | "not-found" | "no-such-agent" | BadRequest;
export type ChangeAnswer = "changed" | "not-found" | BadRequest;
export type NoteAnswer = "added" | "not-found" | BadRequest;
export type DraftAnswer = "saved" | "not-found" | BadRequest;
export type UndoAnswer = "cancelled" | "too-late" | "not-found" | BadRequest;
export type SettleAnswer = "settled" | "too-late" | "not-found" | BadRequest;
export type ControlAnswer = "queued" | "pending" | "not-offered" | "not-found" | BadRequest;

/** A step that is offered about control; how long, where control is to be kept. */
export type ControlAsk = { kind: ControlActionKind; targetAppId: string | null; seconds: number | null };

export type ReplyWhy = ReplyRefusal | "newer_message" | "file_gone";
export type FollowUpAnswer =
  | { outcome: "queued"; replyId: string; sendAfter: Date }
  | { outcome: "refused"; why: ReplyWhy }
  | { outcome: "not-found" | BadRequest };

export type SignAnswer =
  | { outcome: "queued" }
  | { outcome: "refused"; why: ReplyRefusal }
  | { outcome: "not-found" | BadRequest };

export type FollowUpAsk = {
  lead: string;
  intentId: string;
  text: string;
  mediaIds: string[];
  replyToMid: string | null;
  seenMid: string | null;
};

/** What an agent may do on the page of a lead; the page hands these down as server actions. */
export type LeadActions = {
  claim(input: { lead: string }): Promise<ClaimAnswer>;
  assign(input: { lead: string; agentId: string | null }): Promise<AssignAnswer>;
  changeStage(input: { lead: string; stage: Stage; reason?: string }): Promise<ChangeAnswer>;
  writeNote(input: { lead: string; intentId: string; text: string }): Promise<NoteAnswer>;
  markDone(input: { lead: string; isDone: boolean }): Promise<ChangeAnswer>;
  keepDraft(input: { lead: string; text: string }): Promise<DraftAnswer>;
  followUp(input: FollowUpAsk): Promise<FollowUpAnswer>;
  giveSign(input: { lead: string; sign: Sign }): Promise<SignAnswer>;
  settleUnknown(input: { lead: string; replyId: string; hasArrived: boolean }): Promise<SettleAnswer>;
  undoReply(input: { lead: string; replyId: string }): Promise<UndoAnswer>;
  askControl(input: ControlAsk & { lead: string; intentId: string }): Promise<ControlAnswer>;
};

export type AgentChoice = { id: string; name: string };
