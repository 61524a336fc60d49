import { attachmentOf } from "./attachments.ts";
import * as bodies from "./control-bodies.ts";
import { metaActs } from "./control-meta.ts";
import { peopleActs } from "./control-people.ts";
import { offeredReplies, personReads, personWrites } from "./conversation.ts";
import { answerFlow, fallSilent, isOverheard, moveBack, remind, skipQuestion, startFlow } from "./flow.ts";
import { newNumber } from "./ids.ts";
import { adOf, type Meta, personOf, Refusal, threadOf } from "./meta.ts";
import { outsiderActs } from "./outsiders.ts";
import { newPerson } from "./people.ts";
import { playFlow } from "./play.ts";
import { randomFrom } from "./random.ts";
import { read } from "./read-body.ts";
import { answeredFlow, runningFlow } from "./thread.ts";
import { viewThread } from "./view.ts";
import { INSTAGRAM_INBOX_APP, OTHER_APP, PAGE_INBOX_APP, type Person, type Thread } from "./world.ts";
import type { Ad } from "./world-ads.ts";

/** What people do in this world: the customer with the phone, the human in the Page Inbox, another app. */
export type Act = (meta: Meta, body: unknown) => unknown;

const TWO_DAYS = 48 * 60 * 60 * 1000;

const chance = (meta: Meta) => randomFrom(`${meta.world.seed}|${meta.world.run}|${newNumber(meta.world)}`);

function somebody(meta: Meta, ad: Ad, psid: string | undefined, name: string | undefined): Person {
  return psid === undefined
    ? newPerson(meta.world, ad.pageId, chance(meta), name)
    : personOf(meta.world, ad.pageId, psid);
}

/** The text that was typed, or that of the button that was tapped. */
function spoken(text: string | undefined, choice: number | undefined, offered: readonly string[]): string | null {
  if (choice === undefined) return text ?? null;
  const title = offered[choice];
  if (title === undefined) throw new Refusal(409, `There is no choice ${choice}; ${offered.length} are offered.`);
  return title;
}

function offeredNow(meta: Meta, thread: Thread): string[] {
  return viewThread(meta, thread).quickReplies.map(({ title }) => title);
}

export const acts: Record<string, Act> = {
  "flows/start"(meta, body) {
    const { adId, psid, name } = read(bodies.startBody, body);
    const ad = adOf(meta.world, adId);
    return viewThread(meta, startFlow(meta, ad, somebody(meta, ad, psid, name), meta.now()));
  },

  "flows/answer"(meta, body) {
    const { pageId, psid, text, choice, skip } = read(bodies.answerBody, body);
    const thread = threadOf(meta.world, pageId, psid);
    if (skip === true) {
      skipQuestion(meta, thread, meta.now());
      return viewThread(meta, thread);
    }
    const said = spoken(text, choice, offeredNow(meta, thread));
    if (said === null) throw new Refusal(400, "Say text, choice or skip.");
    answerFlow(meta, thread, said, meta.now());
    return viewThread(meta, thread);
  },

  "flows/remind"(meta, body) {
    const { pageId, psid, at = meta.now() } = read(bodies.remindBody, body);
    const thread = threadOf(meta.world, pageId, psid);
    remind(meta, thread, at);
    return viewThread(meta, thread);
  },

  "flows/end"(meta, body) {
    const { pageId, psid, ending, text } = read(bodies.endBody, body);
    const thread = threadOf(meta.world, pageId, psid);
    const flow = answeredFlow(thread);
    if (flow === null) throw new Refusal(409, "No answered questions are running in this thread.");
    if (ending === "interrupted_by_inbox") {
      outsiderActs(meta, thread, PAGE_INBOX_APP, "reply", text ?? null, meta.now());
    } else {
      if (!isOverheard(adOf(meta.world, flow.adId))) moveBack(thread, flow, TWO_DAYS);
      fallSilent(meta, thread, meta.now());
    }
    return viewThread(meta, thread);
  },

  flows(meta, body) {
    const { adId, psid, name, ending, endedAt = meta.now(), answers } = read(bodies.flowBody, body);
    const ad = adOf(meta.world, adId);
    const person = somebody(meta, ad, psid, name);
    const { flow } = playFlow(meta, { ad, person, ending, endedAt, answers }, chance(meta));
    return { pageId: ad.pageId, psid: person.psid, name: person.name, adId, ending, endedAt, answers: flow.answers };
  },

  messages(meta, body) {
    const {
      pageId,
      psid,
      text,
      choice,
      referral,
      replyToMid,
      at = meta.now(),
      ...more
    } = read(bodies.messageBody, body);
    const thread = threadOf(meta.world, pageId, psid);
    const said = spoken(text, choice, offeredNow(meta, thread));
    const kinds = [...(more.attachment === undefined ? [] : [more.attachment]), ...(more.attachments ?? [])];
    if (said === null && kinds.length === 0) throw new Refusal(400, "Say text, choice or attachment.");
    const isFree = runningFlow(thread) === null;
    const payload = isFree && choice !== undefined ? (offeredReplies(thread)[choice]?.payload ?? null) : null;
    const ad = referral?.adId === undefined ? null : adOf(meta.world, referral.adId);
    const from = referral === undefined ? null : { ad, ref: referral.ref ?? null };
    const attachments = kinds.map((kind) => attachmentOf(kind));
    personWrites(meta, thread, { text: said, attachments, payload, replyToMid: replyToMid ?? null, from }, at);
    return viewThread(meta, thread);
  },

  read(meta, body) {
    const { pageId, psid, at = meta.now() } = read(bodies.readBody, body);
    const thread = threadOf(meta.world, pageId, psid);
    personReads(meta, thread, at);
    return viewThread(meta, thread);
  },

  ...peopleActs,
  ...metaActs,
  inbox: (meta, body) => outside(meta, body, PAGE_INBOX_APP),
  "other-app": (meta, body) => outside(meta, body, OTHER_APP),
};

function outside(meta: Meta, body: unknown, appId: string): unknown {
  const { pageId, psid, action, text, at = meta.now() } = read(bodies.outsiderBody, body);
  const thread = threadOf(meta.world, pageId, psid);
  const isInstagram = meta.world.people[psid]?.platform === "instagram";
  const actor = isInstagram && appId === PAGE_INBOX_APP ? INSTAGRAM_INBOX_APP : appId;
  outsiderActs(meta, thread, actor, action, text ?? null, at);
  return viewThread(meta, thread);
}
