import { attachmentOf } from "./attachments.ts";
import { personWrites, plainly } from "./conversation.ts";
import { type Meta, pageOf } from "./meta.ts";
import { outsiderActs } from "./outsiders.ts";
import { newPerson } from "./people.ts";
import { chooseTopic, editMessage, giveFeedback, openAgain, react, tapButton } from "./person-acts.ts";
import { phrases } from "./phrases.ts";
import { impossible, playFlow } from "./play.ts";
import type { Random } from "./random.ts";
import { openThread, runningFlow } from "./thread.ts";
import { type Ending, OTHER_APP, PAGE_INBOX_APP, type Page, type Thread } from "./world.ts";
import type { Ad } from "./world-ads.ts";

/** Small scenes that plays and the demo are made of. Each happens at `at`. */
export type Scene = { meta: Meta; random: Random; at: number };

const SECOND = 1000;

export function pick<T>({ random }: Scene, list: readonly T[]): T | null {
  return list[random.int(list.length)] ?? null;
}

/** Threads in which something may happen now: somebody wrote, no questions run, and the person is still there. */
export function quietThreads({ meta }: Scene, pageId?: string): Thread[] {
  return Object.values(meta.world.threads).filter((thread) => {
    const person = meta.world.people[thread.psid];
    if (person === undefined || person.hasBlocked || person.isDeleted) return false;
    return (
      thread.lastUserActionAt !== null && runningFlow(thread) === null && (pageId ?? thread.pageId) === thread.pageId
    );
  });
}

export function lead(scene: Scene, ending: Ending, wanted?: Ad, answers?: string[]): Thread | null {
  const { meta, random, at } = scene;
  const ad =
    wanted ??
    pick(
      scene,
      meta.world.ads.filter((one) => impossible(one, ending) === null),
    );
  if (ad === null || impossible(ad, ending) !== null) return null;
  const person = newPerson(meta.world, ad.pageId, random);
  return playFlow(meta, { ad, person, ending, endedAt: at, answers }, random).thread;
}

/** Somebody who was here before goes through an ad's questions again, perhaps another ad's. */
export function leadAgain(scene: Scene): Thread | null {
  const { meta, random, at } = scene;
  const known = pick(
    scene,
    quietThreads(scene).filter(({ psid }) => meta.world.people[psid]?.platform === "messenger"),
  );
  if (known === null) return lead(scene, "complete");
  const person = meta.world.people[known.psid];
  const ad = pick(
    scene,
    meta.world.ads.filter(({ pageId }) => pageId === known.pageId),
  );
  if (person === undefined || ad === null) return null;
  return playFlow(meta, { ad, person, ending: "complete", endedAt: at }, random).thread;
}

export function later({ meta, random, at }: Scene, thread: Thread, text?: string): void {
  const language = meta.world.ads.find(({ id }) => id === thread.flows.at(-1)?.adId)?.language ?? "en";
  personWrites(meta, thread, plainly(text ?? random.pick(phrases[language].later)), at);
}

/** A human answers in the Page Inbox, the customer goes on, and sometimes the thread comes back. */
export function inboxTalk(scene: Scene, thread: Thread): void {
  const { meta, random, at } = scene;
  const inbox = PAGE_INBOX_APP;
  const text = random.pick(phrases.de.inbox);
  if (meta.world.people[thread.psid]?.platform === "instagram") return;
  outsiderActs(meta, thread, inbox, "reply", text, at);
  later({ ...scene, at: at + 20 * SECOND }, thread);
  if (random.chance(0.5)) outsiderActs(meta, thread, inbox, "pass", null, at + 60 * SECOND);
}

/** Another app takes part, as far as the page lets it. */
export function otherApp(scene: Scene, thread: Thread): void {
  const { meta, at } = scene;
  const page: Page = pageOf(meta.world, thread.pageId);
  const owner = thread.ownedUntil !== null && thread.ownedUntil > at ? thread.ownerAppId : null;
  if (owner === OTHER_APP) {
    outsiderActs(meta, thread, OTHER_APP, "pass", null, at);
  } else if (page.regime === "zero-config") {
    outsiderActs(meta, thread, OTHER_APP, "request", null, at);
  } else if (page.isTakeAllowed) {
    outsiderActs(meta, thread, OTHER_APP, "reply", "Your parcel is on its way.", at);
    later({ ...scene, at: at + 15 * SECOND }, thread);
  }
}

/** One of the many things people do besides writing. */
export function gesture(scene: Scene, thread: Thread): void {
  const { meta, random, at } = scene;
  const own = thread.messages.findLast(({ from, text, isUnsent }) => from === "person" && text !== null && !isUnsent);
  const foreign = thread.messages.findLast(({ from, isUnsent }) => from !== "person" && !isUnsent);
  const kind = random.int(9);
  const kinds = ["image", "video", "audio", "file", "sticker", "fallback", "location"];
  if (kind <= 2) {
    const attachments = [attachmentOf(kinds[random.int(kinds.length)] ?? "image")];
    personWrites(meta, thread, { ...plainly(""), text: null, attachments }, at);
  } else if (kind <= 4 && foreign !== undefined) {
    react(meta, thread, foreign.mid, random.pick(["❤️", "👍", "😆", "😮", "🙏"]), at);
  } else if (kind === 5 && own !== undefined && own.edits.length < 5) {
    editMessage(meta, thread, own.mid, `${own.text ?? ""} 🙂`.slice(0, 500), at);
  } else if (kind === 6) {
    const isIn = thread.optIns.some(({ isStopped }) => !isStopped);
    chooseTopic(meta, thread, "Angebote", isIn ? "stop" : "opt_in", at);
  } else if (kind === 7) {
    giveFeedback(meta, thread, 1 + random.int(5), random.chance(0.5) ? "Schnelle Antwort, danke!" : null, at);
  } else if (random.chance(0.5)) openAgain(meta, thread, null, "flyer-stuttgart", at);
  else tapButton(meta, thread, "Rückruf", "CALLBACK_REQUEST", at);
}

/** Somebody writes to the page's Instagram account. */
export function instagramTalk(scene: Scene): Thread | null {
  const { meta, random, at } = scene;
  const page = meta.world.pages.find(({ instagramId }) => instagramId !== null);
  if (page === undefined) return null;
  const thread = openThread(meta.world, newPerson(meta.world, page.id, random, undefined, "instagram"));
  personWrites(meta, thread, plainly("Hi! Ich habe eure Story gesehen. Macht ihr auch Balkone?"), at);
  return thread;
}
