import { asciiJson, type Json } from "./ascii-json.ts";
import { delivered, echo, inSeconds, label, read } from "./events.ts";
import { labelId, newNumber } from "./ids.ts";
import { type Meta, pageOf } from "./meta.ts";
import { channelFor } from "./ownership.ts";
import type { Message, Thread, Update } from "./world.ts";

type Told = {
  what: string;
  item: Json;
  at: number;
  /** Where it arrives; left out, thread control decides. */
  channel?: Update["channel"];
  hopContext?: Json;
};

/** How long Meta needs between something happening and its `entry.time`. */
const LAG = 180;

/** Queues one update for the product's webhook. */
export function tell(meta: Meta, thread: Thread, { what, item, at, channel, hopContext }: Told): void {
  const place = channel ?? channelFor(pageOf(meta.world, thread.pageId), thread, meta.world.appId, at);
  meta.emit({
    id: newNumber(meta.world),
    pageId: thread.pageId,
    psid: thread.psid,
    channel: place,
    what,
    entryTime: place === "changes" ? inSeconds(at) : at + LAG,
    item: asciiJson(item),
    hopContext: hopContext === undefined ? null : asciiJson(hopContext),
  });
}

/** Reports a message of the page's side: to whoever sent it, and to everybody else. */
export function tellEcho(
  meta: Meta,
  thread: Thread,
  message: Message,
  appId: string,
  channel?: Update["channel"],
): void {
  if (meta.world.faults.dropEchoes > 0) {
    meta.world.faults.dropEchoes -= 1;
    return;
  }
  const item = echo(thread, message, appId);
  tell(meta, thread, { what: "echo", item, at: message.at, ...(channel === undefined ? {} : { channel }) });
}

export function tellDelivered(meta: Meta, thread: Thread, message: Message): void {
  message.deliveredAt = message.at;
  tell(meta, thread, { what: "delivery", item: delivered(thread, message.mid, message.at), at: message.at });
}

export function tellRead(meta: Meta, thread: Thread, watermark: number, at: number): void {
  tell(meta, thread, { what: "read", item: read(thread, watermark, at), at });
}

export function tellLabel(meta: Meta, thread: Thread, name: string, action: "add" | "remove", at: number): void {
  const others = thread.labels.filter((other) => other !== name);
  thread.labels = action === "add" ? [...others, name] : others;
  const item = label(thread.psid, labelId(thread.pageId, name), name, action);
  tell(meta, thread, { what: `label ${action} ${name}`, item, at, channel: "changes" });
}
