"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import type {
  AssignAnswer,
  ChangeAnswer,
  ClaimAnswer,
  ControlAnswer,
  DraftAnswer,
  FollowUpAnswer,
  NoteAnswer,
  SettleAnswer,
  SignAnswer,
  UndoAnswer,
} from "#components/lead/lead-actions.ts";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { addNote } from "#lib/leads/add-note.ts";
import { askControl as askForControl } from "#lib/leads/ask-control.ts";
import { assignLead } from "#lib/leads/assign-lead.ts";
import { claimLead } from "#lib/leads/claim-lead.ts";
import { followUp as followUpLead } from "#lib/leads/follow-up.ts";
import { giveSign as giveSignOf } from "#lib/leads/give-sign.ts";
import { stage } from "#lib/leads/lead.ts";
import { leadRef } from "#lib/leads/lead-ref.ts";
import { saveDraft } from "#lib/leads/save-draft.ts";
import { setDone } from "#lib/leads/set-done.ts";
import { setStage } from "#lib/leads/set-stage.ts";
import { settleUnknown as settleUnknownReply } from "#lib/leads/settle-unknown.ts";
import { takeBack } from "#lib/leads/take-back.ts";
import { MAX_FILES } from "#lib/media/outgoing-file.ts";
import { controlActionKinds } from "#lib/threads/control-actions.ts";

// Each of these is a public endpoint: what arrives is a claim until its schema has read it.

const MAX_NOTE = 10_000;
/** More than a message may hold: what is too long for Meta is told apart from what is nonsense. */
const MAX_DRAFT = 20_000;
/** An owner may keep a thread for a week. */
const MAX_EXTENSION = 7 * 24 * 60 * 60;

const claimInput = z.strictObject({ lead: leadRef });
const assignInput = z.strictObject({ lead: leadRef, agentId: z.uuid().nullable() });
const stageInput = z.strictObject({ lead: leadRef, stage, reason: z.string().max(200).optional() });
const noteInput = z.strictObject({ lead: leadRef, intentId: z.uuid(), text: z.string().trim().min(1).max(MAX_NOTE) });
const doneInput = z.strictObject({ lead: leadRef, isDone: z.boolean() });
const draftInput = z.strictObject({ lead: leadRef, text: z.string().max(MAX_DRAFT) });
const followUpInput = z.strictObject({
  lead: leadRef,
  intentId: z.uuid(),
  text: z.string().max(MAX_DRAFT),
  mediaIds: z.array(z.uuid()).max(MAX_FILES),
  replyToMid: z.string().max(500).nullable(),
  seenMid: z.string().max(500).nullable(),
});
const mid = z.string().min(1).max(500);
const signInput = z.strictObject({
  lead: leadRef,
  sign: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.enum(["typing_on", "typing_off", "mark_seen"]) }),
    z.strictObject({ kind: z.literal("react"), mid, emoji: z.string().min(1).max(16) }),
    z.strictObject({ kind: z.literal("unreact"), mid }),
  ]),
});
const settleInput = z.strictObject({ lead: leadRef, replyId: z.uuid(), hasArrived: z.boolean() });
const undoInput = z.strictObject({ lead: leadRef, replyId: z.uuid() });
const controlInput = z.strictObject({
  lead: leadRef,
  kind: z.enum(controlActionKinds),
  targetAppId: z
    .string()
    .regex(/^\d{1,32}$/)
    .nullable(),
  seconds: z.number().int().positive().max(MAX_EXTENSION).nullable(),
  intentId: z.uuid(),
});

export async function claim(input: unknown): Promise<ClaimAnswer> {
  const viewer = await requireViewer();
  const asked = claimInput.safeParse(input);
  if (!asked.success) return "bad-request";
  const outcome = await claimLead(asked.data.lead, viewer);
  refresh();
  return outcome;
}

export async function assign(input: unknown): Promise<AssignAnswer> {
  const viewer = await requireViewer();
  const asked = assignInput.safeParse(input);
  if (!asked.success) return "bad-request";
  const outcome = await assignLead(asked.data.lead, asked.data.agentId, viewer);
  refresh();
  return outcome;
}

export async function changeStage(input: unknown): Promise<ChangeAnswer> {
  const viewer = await requireViewer();
  const asked = stageInput.safeParse(input);
  if (!asked.success) return "bad-request";
  const { lead: ref, ...change } = asked.data;
  const outcome = await setStage(ref, change, viewer);
  refresh();
  return outcome;
}

export async function writeNote(input: unknown): Promise<NoteAnswer> {
  const viewer = await requireViewer();
  const asked = noteInput.safeParse(input);
  if (!asked.success) return "bad-request";
  const { lead: ref, ...wish } = asked.data;
  const outcome = await addNote(ref, wish, viewer);
  refresh();
  return outcome;
}

export async function markDone(input: unknown): Promise<ChangeAnswer> {
  const viewer = await requireViewer();
  const asked = doneInput.safeParse(input);
  if (!asked.success) return "bad-request";
  const outcome = await setDone(asked.data.lead, asked.data.isDone, viewer);
  refresh();
  return outcome;
}

/** Only its author sees a draft, and they are looking at it: nothing needs to be drawn again. */
export async function keepDraft(input: unknown): Promise<DraftAnswer> {
  const viewer = await requireViewer();
  const asked = draftInput.safeParse(input);
  if (!asked.success) return "bad-request";
  return await saveDraft(asked.data.lead, asked.data.text, viewer);
}

export async function followUp(input: unknown): Promise<FollowUpAnswer> {
  const viewer = await requireViewer();
  const asked = followUpInput.safeParse(input);
  if (!asked.success) return { outcome: "bad-request" };
  const { lead: ref, ...reply } = asked.data;
  const outcome = await followUpLead(ref, reply, viewer);
  refresh();
  return outcome;
}

export async function undoReply(input: unknown): Promise<UndoAnswer> {
  const viewer = await requireViewer();
  const asked = undoInput.safeParse(input);
  if (!asked.success) return "bad-request";
  const outcome = await takeBack(asked.data.lead, asked.data.replyId, viewer);
  refresh();
  return outcome;
}

/** Typing, seen, a reaction. Nothing here needs to be drawn again; a reaction that Meta took is announced. */
export async function giveSign(input: unknown): Promise<SignAnswer> {
  const viewer = await requireViewer();
  const asked = signInput.safeParse(input);
  if (!asked.success) return { outcome: "bad-request" };
  return await giveSignOf(asked.data.lead, asked.data.sign, viewer);
}

export async function settleUnknown(input: unknown): Promise<SettleAnswer> {
  const viewer = await requireViewer();
  const asked = settleInput.safeParse(input);
  if (!asked.success) return "bad-request";
  const { lead: ref, ...found } = asked.data;
  const outcome = await settleUnknownReply(ref, found, viewer);
  refresh();
  return outcome;
}

export async function askControl(input: unknown): Promise<ControlAnswer> {
  const viewer = await requireViewer();
  const asked = controlInput.safeParse(input);
  if (!asked.success) return "bad-request";
  const { lead: ref, ...wish } = asked.data;
  const outcome = await askForControl(ref, wish, viewer);
  refresh();
  return outcome;
}
