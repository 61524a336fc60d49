import { z } from "zod";
import type {
  AccountLinking,
  Feedback,
  FormSubmitted,
  LabelChange,
  OptIn,
  OrderPlaced,
  ResponseFeedback,
} from "#lib/messenger/meta-event.ts";

/**
 * What happens in a thread besides messages: opt-ins and stops, feedback, a linked account, an order, a form, a label
 * of the Page Inbox. Kept as `{ kind, data }` and shown as lines.
 */
const text = z.string().nullable();

export const notice = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("optin"),
    data: z.object({ action: z.enum(["opt_in", "stop", "resume"]), topic: text, title: text, expiresAt: text }),
  }),
  z.object({
    kind: z.literal("feedback"),
    data: z.object({
      answers: z.array(z.object({ id: z.string(), type: z.string(), payload: text, followUp: text })),
    }),
  }),
  z.object({ kind: z.literal("response_feedback"), data: z.object({ isGood: z.boolean(), mid: text }) }),
  z.object({ kind: z.literal("account_linking"), data: z.object({ isLinked: z.boolean() }) }),
  z.object({ kind: z.literal("form"), data: z.object({ formId: z.string() }) }),
  z.object({
    kind: z.literal("order"),
    data: z.object({ items: z.array(z.object({ name: z.string(), quantity: text })), note: text }),
  }),
  z.object({ kind: z.literal("label"), data: z.object({ name: z.string(), isRemoval: z.boolean() }) }),
]);
export type Notice = z.infer<typeof notice>;

export type ThreadNoticeLine = Notice & { key: string; at: Date };

export type NoticeEvent =
  | OptIn
  | Feedback
  | ResponseFeedback
  | AccountLinking
  | FormSubmitted
  | OrderPlaced
  | LabelChange;

/** What a thread keeps of an event. */
export function noticeOf(event: NoticeEvent): Notice {
  switch (event.kind) {
    case "optin": {
      const { action, topic, title, expiresAt } = event;
      return { kind: "optin", data: { action, topic, title, expiresAt: expiresAt?.toISOString() ?? null } };
    }
    case "feedback":
      return { kind: "feedback", data: { answers: event.answers } };
    case "response_feedback":
      return { kind: "response_feedback", data: { isGood: event.isGood, mid: event.mid } };
    case "account_linking":
      return { kind: "account_linking", data: { isLinked: event.isLinked } };
    case "form":
      return { kind: "form", data: { formId: event.formId } };
    case "order":
      return { kind: "order", data: { items: event.items, note: event.note } };
    case "label":
      return { kind: "label", data: { name: event.name, isRemoval: event.isRemoval } };
  }
}

type Kept = { kind: string; key: string; at: Date; data: unknown };

/** A row of the table thread_notice as a line; null for what a newer version wrote. */
export function readNotice({ key, at, ...row }: Kept): ThreadNoticeLine | null {
  const read = notice.safeParse(row);
  return read.success ? { key, at, ...read.data } : null;
}

/**
 * Since when the person wants no notifications on some topic, or null. Of each topic the newest word counts, by Meta's
 * time; of two at one time the greater key, so that the order of arrival makes no difference.
 */
export function stoppedSince(lines: readonly ThreadNoticeLine[]): Date | null {
  const newest = new Map<string, ThreadNoticeLine & { kind: "optin" }>();
  for (const line of lines) {
    if (line.kind !== "optin") continue;
    const topic = line.data.topic ?? "";
    const known = newest.get(topic);
    if (known === undefined || isLater(line, known)) newest.set(topic, line);
  }
  const stops = [...newest.values()].filter(({ data }) => data.action === "stop").map(({ at }) => at.getTime());
  return stops.length === 0 ? null : new Date(Math.max(...stops));
}

function isLater(one: { at: Date; key: string }, other: { at: Date; key: string }): boolean {
  const apart = one.at.getTime() - other.at.getTime();
  return apart > 0 || (apart === 0 && one.key > other.key);
}
