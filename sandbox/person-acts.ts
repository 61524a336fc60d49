import { edit, feedback, openReferral, optIn, postback, reaction, unsent } from "./events-people.ts";
import { newMid, newNumber } from "./ids.ts";
import { type Meta, pageOf, personOf, Refusal } from "./meta.ts";
import { channelFor, noteUserAction } from "./ownership.ts";
import { tell } from "./tell.ts";
import { runningFlow } from "./thread.ts";
import type { Message, Thread } from "./world.ts";
import type { Ad } from "./world-ads.ts";

/** What a person does in the chat besides writing. */
const MOST_EDITS = 5;

/** Whether the person can do anything here at all. */
export function checkPresent(meta: Meta, thread: Thread): void {
  const person = personOf(meta.world, thread.pageId, thread.psid);
  if (person.isDeleted) throw new Refusal(409, "This person's account is gone.");
  if (person.hasBlocked) throw new Refusal(409, "This person has blocked the page.");
}

function messageIn(thread: Thread, mid: string): Message {
  const message = thread.messages.find((one) => one.mid === mid);
  if (message === undefined || message.isUnsent) throw new Refusal(404, `There is no message ${mid} in this thread.`);
  return message;
}

/** Whether our app is told: what is not text or a receipt stays with the owner. */
function isOurs(meta: Meta, thread: Thread, at: number): boolean {
  return channelFor(pageOf(meta.world, thread.pageId), thread, meta.world.appId, at) === "messaging";
}

function act(meta: Meta, thread: Thread, at: number): void {
  noteUserAction(pageOf(meta.world, thread.pageId), thread, at);
  meta.changed(thread);
}

export function react(meta: Meta, thread: Thread, mid: string, emoji: string | null, at: number): void {
  checkPresent(meta, thread);
  const message = messageIn(thread, mid);
  if (emoji === null && message.reaction === null) throw new Refusal(409, "There is no reaction to take back.");
  message.reaction = emoji;
  act(meta, thread, at);
  if (!isOurs(meta, thread, at)) return;
  const what = emoji === null ? "reaction taken back" : `reaction ${emoji}`;
  tell(meta, thread, { what, item: reaction(thread, mid, emoji, at), at });
}

export function editMessage(meta: Meta, thread: Thread, mid: string, text: string, at: number): void {
  checkPresent(meta, thread);
  const message = messageIn(thread, mid);
  if (message.from !== "person" || message.text === null) throw new Refusal(409, "People edit their own texts only.");
  if (message.edits.length >= MOST_EDITS) throw new Refusal(409, "A message can be edited five times.");
  message.edits.push(message.text);
  message.text = text;
  meta.changed(thread);
  if (isOurs(meta, thread, at)) {
    tell(meta, thread, { what: "edit", item: edit(thread, mid, text, message.edits.length, at), at });
  }
}

/** Gone from the chat and from its history. Instagram says so; Messenger tells nobody. */
export function unsend(meta: Meta, thread: Thread, mid: string, at: number): void {
  checkPresent(meta, thread);
  const message = messageIn(thread, mid);
  if (message.from !== "person") throw new Refusal(409, "People unsend their own messages only.");
  message.isUnsent = true;
  message.text = null;
  message.attachments = [];
  meta.changed(thread);
  const person = personOf(meta.world, thread.pageId, thread.psid);
  if (person.platform === "instagram") tell(meta, thread, { what: "unsend", item: unsent(thread, mid, at), at });
}

/** A link of the page opens the thread again, and with it the window; the tap on an ad does not until something is written. */
export function openAgain(meta: Meta, thread: Thread, ad: Ad | null, ref: string | null, at: number): void {
  checkPresent(meta, thread);
  if (thread.lastUserActionAt === null)
    throw new Refusal(409, "A new thread tells of its link with the first message.");
  if (ad === null) act(meta, thread, at);
  const item = openReferral(thread, ad, ref, at);
  tell(meta, thread, { what: "referral OPEN_THREAD", item, at, channel: "messaging" });
}

/** The tap on a button. Others than the owner see that it was tapped, and not what it carries. */
export function tapButton(meta: Meta, thread: Thread, title: string, payload: string, at: number): void {
  checkPresent(meta, thread);
  if (runningFlow(thread) !== null) throw new Refusal(409, "The automated questions want an answer.");
  act(meta, thread, at);
  const mid = newMid(meta.world, personOf(meta.world, thread.pageId, thread.psid).platform);
  const item = postback(thread, mid, title, isOurs(meta, thread, at) ? payload : null, at);
  tell(meta, thread, { what: "postback", item, at });
}

export function chooseTopic(
  meta: Meta,
  thread: Thread,
  topic: string,
  action: "opt_in" | "stop" | "resume",
  at: number,
): void {
  checkPresent(meta, thread);
  const known = thread.optIns.find((one) => one.topic === topic);
  if (known === undefined && action !== "opt_in") throw new Refusal(409, `This person never opted in to ${topic}.`);
  const token = known?.token ?? `12345${String(newNumber(meta.world)).padStart(11, "0")}`;
  const others = thread.optIns.filter((one) => one.topic !== topic);
  thread.optIns = [...others, { topic, token, isStopped: action === "stop" }];
  meta.changed(thread);
  const item = optIn(thread, { topic, token, action }, at);
  tell(meta, thread, { what: `optin ${action}`, item, at, channel: "messaging" });
}

export function giveFeedback(meta: Meta, thread: Thread, score: number, text: string | null, at: number): void {
  checkPresent(meta, thread);
  tell(meta, thread, { what: "feedback", item: feedback(thread, score, text), at, channel: "messaging" });
  meta.changed(thread);
}
