/** What production's statements on messages do: whichever of several tellings comes first, the row ends equal. */
import type {
  DeliveryReceipt,
  Echo,
  KnownEvent,
  MessageReceived,
  Postback,
  ReadReceipt,
} from "#lib/messenger/meta-event.ts";
import { echoNews, historyNews, messageNews } from "#lib/threads/event-news.ts";
import type { ThreadNews } from "#lib/threads/thread-news.ts";
import type { Rules } from "./rules.ts";
import { settleByEcho } from "./settling.ts";
import { addMessage, type Thread } from "./tables.ts";
import { OUR_APP } from "./thread.ts";

const blank = { kind: "message", quickReply: null, appId: null, replyId: null, deletedAt: null } as const;

/** What the person wrote. A deletion leaves a tombstone, whichever of the two comes first. */
export function writeMessages(thread: Thread, events: readonly KnownEvent[]): ThreadNews[] {
  const messages = events.filter((event): event is MessageReceived => event.kind === "message");
  for (const event of messages) if (event.isDeleted) remove(thread, event);
  const written = messages.filter(({ isDeleted }) => !isDeleted);
  for (const { mid, text, replyToMid, quickReply, at } of written) {
    const before = thread.messages.get(mid);
    const told = { replyToMid, sentAt: at };
    if (before === undefined) thread.messages.set(mid, { ...blank, mid, direction: "in", text, quickReply, ...told });
    else Object.assign(before, told, before.deletedAt === null ? { text, quickReply } : {});
  }
  return written.map(messageNews);
}

function remove(thread: Thread, { mid, at, kind }: MessageReceived | Echo): void {
  const gone = { text: null, quickReply: null, deletedAt: at };
  const before = thread.messages.get(mid);
  if (before !== undefined) Object.assign(before, gone);
  else {
    const direction = kind === "echo" ? "out" : "in";
    thread.messages.set(mid, { ...blank, mid, direction, replyToMid: null, sentAt: at, ...gone });
  }
}

export function writeEcho(thread: Thread, event: Echo, rules: Rules): ThreadNews {
  const { mid, text, replyToMid, at } = event;
  if (event.isDeleted) {
    remove(thread, event);
    return {};
  }
  const reply = settleByEcho(thread, event, rules);
  const replyId = reply?.id ?? null;
  const appId = event.appId ?? (replyId === null ? null : OUR_APP);
  const before = thread.messages.get(mid);
  if (before === undefined) {
    thread.messages.set(mid, { ...blank, mid, direction: "out", text, replyToMid, sentAt: at, appId, replyId });
  } else {
    const knowsBetter = before.appId === null && appId !== null && before.deletedAt === null;
    Object.assign(before, knowsBetter ? { text, replyToMid } : {}, {
      sentAt: at,
      replyId: replyId ?? before.replyId,
      appId: appId ?? before.appId,
    });
  }
  return echoNews(event, reply, OUR_APP);
}

/** The history fills gaps and changes nothing. */
export function writeHistory(thread: Thread, event: MessageReceived | Echo, rules: Rules): ThreadNews {
  const { mid, text, replyToMid, at } = event;
  const reply = event.kind === "echo" ? settleByEcho(thread, event, rules) : null;
  const ours = reply === null ? {} : { replyId: reply.id, appId: OUR_APP };
  const direction = event.kind === "echo" ? "out" : "in";
  addMessage(thread, { ...blank, mid, direction, text, replyToMid, sentAt: at, ...ours });
  // A tombstone that came before its message knows when it was unsent, not when it was sent.
  const known = thread.messages.get(mid);
  const isTombstone = known?.deletedAt != null && known.sentAt.getTime() === known.deletedAt.getTime();
  if (known !== undefined && isTombstone) Object.assign(known, { sentAt: at, replyToMid });
  return historyNews(event, reply);
}

export function writePostback(thread: Thread, event: Postback): void {
  const mid = event.mid ?? `postback:${event.key}`;
  const told = { kind: "postback", text: event.title, sentAt: event.at } as const;
  const before = thread.messages.get(mid);
  if (before === undefined) thread.messages.set(mid, { ...blank, mid, direction: "in", replyToMid: null, ...told });
  else if (before.kind === "message") Object.assign(before, told);
}

export function receiptNews({ kind, watermark }: DeliveryReceipt | ReadReceipt): ThreadNews {
  if (watermark === null) return {};
  return kind === "read"
    ? { readWatermark: watermark, deliveredWatermark: watermark }
    : { deliveredWatermark: watermark };
}
