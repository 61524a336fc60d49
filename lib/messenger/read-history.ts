import { z } from "zod";
import { eventKey } from "./event-key.ts";
import { parseLosslessJson } from "./lossless-json.ts";
import type { MetaEvent } from "./meta-event.ts";
import { notAfter } from "./meta-time.ts";

/**
 * What a conversation's history shows when we ask for it, kept like a delivery and read into the same events: a message
 * is known by its mid, wherever it came from. The history knows less than a webhook: no app behind an echo, whole seconds,
 * no reactions, no receipts.
 */
const attachment = z.object({ type: z.string(), url: z.string().nullable(), title: z.string().nullable() });
const message = z.object({
  mid: z.string().min(1),
  at: z.iso.datetime().nullable(),
  fromId: z.string(),
  text: z.string().nullable(),
  attachments: z.array(attachment),
  replyToMid: z.string().nullable(),
});
const history = z.object({
  pageId: z.string().min(1),
  psid: z.string().min(1),
  platform: z.enum(["page", "instagram"]),
  /** When we asked: what we were told was true no later. */
  askedAt: z.iso.datetime(),
  conversationId: z.string().nullable(),
  name: z.string().nullable(),
  /** Whether we hold the thread; null where Meta does not say. */
  isOurs: z.boolean().nullable(),
  /** False when only other things were asked for: the messages were not looked at. */
  isRead: z.boolean().default(true),
  /** The newest first, as Meta shows them. */
  messages: z.array(message),
  /** The labels on the person; null when not asked for. */
  labels: z.array(z.string().min(1)).nullable(),
  /** Who holds the thread, null inside when Meta named nobody; null when not asked for. */
  owner: z
    .object({ told: z.object({ appId: z.string().nullable(), expiresAt: z.iso.datetime().nullable() }).nullable() })
    .nullable(),
});
export type History = z.infer<typeof history>;
export type HistoryMessage = z.infer<typeof message>;

/** Meta repeats a complete lead's answers as a message nobody wrote; here only its heading gives it away. */
const SUMMARY = /^Lead summary:\s*\n/;

export function historyBody(told: History): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(told));
}

/** The events of a kept history, the oldest message first, or null when the bytes are none. */
export function readHistory(body: Uint8Array): MetaEvent[] | null {
  const read = history.safeParse(parseLosslessJson(body));
  return read.success ? eventsOf(read.data) : null;
}

function eventsOf(told: History): MetaEvent[] {
  const { pageId, psid, platform, conversationId, name, isOurs } = told;
  const askedAt = new Date(told.askedAt);
  const asked = told.askedAt;
  const base = { pageId, psid, platform, channel: "history", position: 0 } as const;
  const events: MetaEvent[] = [
    {
      ...base,
      kind: "conversation",
      at: askedAt,
      key: eventKey("conversation", [psid, askedAt]),
      conversationId,
      name,
      isOurs,
      isRead: told.isRead,
    },
    ...inOrder(told.messages).map(({ at, ...one }) => readOne(one, { ...base, at: notAfter(askedAt, at) }, pageId)),
    ...(told.labels ?? []).map((label) => ({
      ...base,
      kind: "label" as const,
      at: askedAt,
      key: eventKey("label", ["history", psid, label, asked]),
      name: label,
      isRemoval: false,
    })),
  ];
  if (told.owner !== null) {
    const key = eventKey("thread_owner", [psid, askedAt]);
    events.push({ ...base, kind: "thread_owner", at: askedAt, key, owner: ownerOf(told.owner.told) });
  }
  return events.map((event, position) => ({ ...event, position }));
}

function ownerOf(told: { appId: string | null; expiresAt: string | null } | null) {
  if (told === null) return null;
  return { appId: told.appId, expiresAt: told.expiresAt === null ? null : new Date(told.expiresAt) };
}

type Dated = Omit<HistoryMessage, "at"> & { at: Date };

/**
 * The oldest first. The history counts whole seconds, and a question may follow its answer within one: of the same
 * second each stands a moment after the other, so that they keep their order.
 */
export function inOrder(messages: readonly HistoryMessage[]): Dated[] {
  const dated = messages.flatMap(({ at, ...rest }): Dated[] => (at === null ? [] : [{ ...rest, at: new Date(at) }]));
  const oldestFirst = dated.toReversed().sort((a, b) => a.at.getTime() - b.at.getTime());
  let before = { at: Number.NaN, count: 0 };
  return oldestFirst.map((one) => {
    const at = one.at.getTime();
    before = { at, count: before.at === at ? before.count + 1 : 0 };
    return { ...one, at: new Date(at + Math.min(before.count, 999)) };
  });
}

type Base = {
  pageId: string;
  psid: string;
  platform: "page" | "instagram";
  channel: "history";
  position: number;
  at: Date;
};

function readOne(one: Omit<Dated, "at">, base: Base, pageId: string): MetaEvent {
  const { mid, text, replyToMid } = one;
  const attachments = one.attachments.map((file) => ({ ...file, stickerId: null }));
  if (one.fromId === pageId || one.fromId !== base.psid) {
    const unknown = { appId: null, metadata: null, isDeleted: false };
    return {
      ...base,
      kind: "echo",
      key: eventKey("echo", ["history", mid]),
      mid,
      text,
      attachments,
      replyToMid,
      ...unknown,
    };
  }
  // The key is the webhook's own: the same summary counts once, whichever way it came.
  if (SUMMARY.test(text ?? "")) {
    return { ...base, kind: "lead_summary", key: eventKey("lead_summary", [mid]), mid, text: text ?? "" };
  }
  const unknown = { quickReply: null, isDeleted: false, isUnsupported: false, adId: null, adTitle: null, cameBy: null };
  return {
    ...base,
    kind: "message",
    key: eventKey("message", ["history", mid]),
    mid,
    text,
    attachments,
    replyToMid,
    ...unknown,
  };
}
