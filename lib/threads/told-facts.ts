/** What events tell about who holds a thread. */
import type { Handover } from "#lib/messenger/meta-event.ts";
import type { NewControlFact } from "./thread-news.ts";

/** Control was passed, taken or asked for. A request is only a wish: the owner stays until somebody passes. */
export function handoverFact({ key, op, from, to, at, lead }: Handover): NewControlFact {
  const kind = op === "request" ? "requested" : "owner";
  return { key, kind, source: "handover", appId: to, fromAppId: from, at, isLeadHandover: lead !== null };
}

/**
 * An event came beside us: another app holds the thread at that moment. Receipts prove nothing: they come late, about
 * what was written before control changed.
 */
export function standbyFacts(event: { channel: string; kind: string; key: string; at: Date }): NewControlFact[] {
  const { channel, kind, key, at } = event;
  if (channel !== "standby" || kind === "delivery" || kind === "read") return [];
  return [{ key, kind: "standby", source: "standby", appId: null, at, isLeadHandover: false }];
}
