import { asciiJson, type Json } from "./ascii-json.ts";
import { delivered, echo, inSeconds, label, read, seen } from "./events.ts";
import { labelId, newNumber } from "./ids.ts";
import { asInstagram } from "./instagram.ts";
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

/** The webhook field of an update, by the first word of what it is. */
const fields: Record<string, string> = {
  message: "messages",
  summary: "messages",
  unsend: "messages",
  echo: "message_echoes",
  delivery: "message_deliveries",
  read: "message_reads",
  reaction: "message_reactions",
  edit: "message_edits",
  postback: "messaging_postbacks",
  referral: "messaging_referrals",
  handover: "messaging_handovers",
  optin: "messaging_optins",
  feedback: "messaging_feedback",
  policy: "messaging_policy_enforcement",
  label: "inbox_labels",
  leadgen: "leadgen",
  form: "messaging_in_thread_lead_form_submit",
};
const fieldOf = (what: string) => fields[what.split(" ")[0] ?? ""] ?? "messages";

/** How long Meta needs between something happening and its `entry.time`. */
const LAG = 180;

/** Queues one update for the product's webhook. */
export function tell(meta: Meta, thread: Thread, { what, item, at, channel, hopContext }: Told): void {
  const page = pageOf(meta.world, thread.pageId);
  const place = channel ?? channelFor(page, thread, meta.world.appId, at);
  const heard = { pageId: page.id, psid: thread.psid, what, at, hopContext };
  if (meta.world.people[thread.psid]?.platform !== "instagram") {
    queue(meta, { ...heard, object: "page", entryId: page.id, channel: place, item });
    return;
  }
  const accountId = page.instagramId ?? page.id;
  const told = asInstagram(what, page.id, { item, channel: place, accountId });
  if (told !== null) queue(meta, { ...heard, ...told, object: "instagram", entryId: accountId });
}

/** Queues an update that is of a page, and of nobody's thread. */
export function tellPage(meta: Meta, pageId: string, told: Omit<Queued, "object" | "pageId" | "psid">): void {
  queue(meta, { ...told, object: "page", pageId, psid: null });
}

type Queued = {
  object: Update["object"];
  pageId: string;
  entryId: string;
  psid: string | null;
  what: string;
  channel: Update["channel"];
  item: Json;
  at: number;
  hopContext?: Json | undefined;
};

function queue(meta: Meta, { item, at, hopContext, ...update }: Queued): void {
  meta.emit({
    ...update,
    id: newNumber(meta.world),
    field: update.channel === "standby" ? "standby" : fieldOf(update.what),
    entryTime: update.channel === "changes" ? inSeconds(at) : at + LAG,
    notBefore: meta.now() + meta.world.faults.delayMs,
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
  const isInstagram = meta.world.people[thread.psid]?.platform === "instagram";
  const last = thread.messages.findLast((message) => message.at <= watermark && message.from !== "person");
  const item = isInstagram ? seen(thread, last?.mid ?? "", at) : read(thread, watermark, at);
  tell(meta, thread, { what: "read", item, at });
}

export function tellLabel(meta: Meta, thread: Thread, name: string, action: "add" | "remove", at: number): void {
  const others = thread.labels.filter((other) => other !== name);
  thread.labels = action === "add" ? [...others, name] : others;
  const item = label(thread.psid, labelId(thread.pageId, name), name, action);
  tell(meta, thread, { what: `label ${action} ${name}`, item, at, channel: "changes" });
}
