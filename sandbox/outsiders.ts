import { pass, request, take } from "./events.ts";
import { endFlow } from "./flow-ending.ts";
import { adOf, type Meta, pageOf, Refusal } from "./meta.ts";
import { giveControl, isInbox, ownerAt } from "./ownership.ts";
import { tell, tellDelivered, tellEcho } from "./tell.ts";
import { answeredFlow, write } from "./thread.ts";
import type { Flow, Thread } from "./world.ts";
import type { Ad } from "./world-ads.ts";

/** Those who share the thread with our app: people in the Page Inbox, and another app. */
export type OutsiderAction = "reply" | "take" | "pass" | "request" | "grant" | "release";

export function outsiderActs(
  meta: Meta,
  thread: Thread,
  appId: string,
  action: OutsiderAction,
  text: string | null,
  at: number,
): void {
  if (thread.lastUserActionAt === null) throw new Refusal(409, "Nobody but this person knows of the thread yet.");
  checkRights(meta, thread, appId, action, at);
  if (action === "reply") reply(meta, thread, appId, text ?? "Hallo, hier ist Jana aus dem Team.", at);
  else if (action === "take") takeOver(meta, thread, appId, at);
  else if (action === "pass") handTo(meta, thread, appId, meta.world.appId, at);
  else if (action === "request") ask(meta, thread, appId, at);
  else if (action === "release") release(thread, appId, at);
  else grant(meta, thread, appId, at);
  meta.changed(thread);
}

/** The Page Inbox may do everything; another app is bound by the page's settings and by the questions. */
function checkRights(meta: Meta, thread: Thread, appId: string, action: OutsiderAction, at: number): void {
  if (isInbox(appId)) return;
  const page = pageOf(meta.world, thread.pageId);
  const flow = answeredFlow(thread);
  if (flow !== null && !mayInterrupt(adOf(meta.world, flow.adId), appId)) {
    throw new Refusal(409, "The automated questions are running, and this app may not interrupt them.");
  }
  if (action === "take" && (page.regime === "zero-config" || !page.isTakeAllowed)) {
    throw new Refusal(409, "Taking control is not allowed on this page.");
  }
  const owner = ownerAt(thread, at);
  if (action === "reply" && flow === null && page.regime === "routing" && (owner ?? page.defaultAppId) !== appId) {
    if (!page.isTakeAllowed) throw new Refusal(409, "Another app has control of this thread.");
  }
}

function mayInterrupt({ settings }: Ad, appId: string): boolean {
  return !settings.blocksSendApi || (settings.allowsInterrupt && settings.connectedAppId === appId);
}

/** No webhook tells of it. */
function release(thread: Thread, appId: string, at: number): void {
  if (ownerAt(thread, at) !== appId) throw new Refusal(409, "Only the app that has control can release it.");
  giveControl(thread, null, at);
}

/** Replying in the Page Inbox makes it the owner; so does another app that writes. */
function reply(meta: Meta, thread: Thread, appId: string, text: string, at: number): void {
  const flow = ownerAt(thread, at) === appId ? null : seize(meta, thread, appId, at);
  const from = isInbox(appId) ? "page_inbox" : "other_app";
  const message = write(meta, thread, { from, text, at });
  tellEcho(meta, thread, message, appId);
  tellDelivered(meta, thread, message);
  if (flow !== null) interrupt(meta, thread, flow, appId, at);
}

export function takeOver(meta: Meta, thread: Thread, appId: string, at: number): void {
  const flow = seize(meta, thread, appId, at);
  if (flow !== null) interrupt(meta, thread, flow, appId, at);
}

/** Changes the owner and says so. Returns the running flow this interrupts. */
function seize(meta: Meta, thread: Thread, appId: string, at: number): Flow | null {
  const owner = ownerAt(thread, at);
  if (owner === appId) throw new Refusal(409, "That app has control already.");
  const flow = answeredFlow(thread);
  giveControl(thread, appId, at);
  // Instagram tells the app that lost control, and nobody of an idle thread.
  if (isOnInstagram(meta, thread) && owner !== meta.world.appId) return flow;
  tell(meta, thread, { what: "handover take", item: take(thread, owner, appId, "", at), at, channel: "messaging" });
  return flow;
}

const isOnInstagram = (meta: Meta, { psid }: Thread) => meta.world.people[psid]?.platform === "instagram";

function interrupt(meta: Meta, thread: Thread, flow: Flow, appId: string, at: number): void {
  const ending = isInbox(appId) ? "interrupted_by_inbox" : "interrupted_by_app";
  endFlow(meta, thread, flow, adOf(meta.world, flow.adId), ending, at, null);
}

export function handTo(meta: Meta, thread: Thread, from: string | null, to: string, at: number, metadata = ""): void {
  const owner = ownerAt(thread, at);
  if (owner !== from) throw new Refusal(409, "Only the app that has control can pass it on.");
  giveControl(thread, to, at);
  tell(meta, thread, { what: "handover pass", item: pass(thread, owner, to, metadata, at), at, channel: "messaging" });
}

/** Idle threads are granted at once; else the owner is told, and may answer or not. */
export function ask(meta: Meta, thread: Thread, by: string, at: number, metadata = ""): void {
  if (pageOf(meta.world, thread.pageId).regime === "routing") {
    throw new Refusal(409, "With Conversation Routing control cannot be requested.");
  }
  const owner = ownerAt(thread, at);
  if (owner === by) throw new Refusal(409, "That app has control already.");
  if (owner === null) {
    handTo(meta, thread, null, by, at, metadata);
    return;
  }
  thread.requestedByAppId = by;
  if (owner !== meta.world.appId) return;
  tell(meta, thread, { what: "handover request", item: request(thread, by, metadata, at), at, channel: "messaging" });
}

function grant(meta: Meta, thread: Thread, appId: string, at: number): void {
  const asking = thread.requestedByAppId;
  if (asking === null) throw new Refusal(409, "Nobody asked for control.");
  handTo(meta, thread, appId, asking, at);
}
