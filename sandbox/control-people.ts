import { z } from "zod";
import type { Act } from "./control-acts.ts";
import { newNumber } from "./ids.ts";
import { adOf, pageOf, personOf, Refusal, threadOf } from "./meta.ts";
import { newPerson } from "./people.ts";
import { chooseTopic, editMessage, giveFeedback, openAgain, react, tapButton, unsend } from "./person-acts.ts";
import { randomFrom } from "./random.ts";
import { read } from "./read-body.ts";
import { openThread } from "./thread.ts";
import { id, text, time, where } from "./values.ts";
import { viewThread } from "./view.ts";

/** What people do in the chat besides writing, by route. */
const at = time.optional();
const mid = z.string().min(1).max(500);
const newcomer = z.strictObject({
  pageId: id,
  name: text.optional(),
  platform: z.enum(["messenger", "instagram"]).default("messenger"),
});
const reaction = z.strictObject({ ...where, mid, emoji: z.string().min(1).max(20).nullable(), at });
const edit = z.strictObject({ ...where, mid, text, at });
const unsending = z.strictObject({ ...where, mid, at });
const link = z.strictObject({ ...where, ref: z.string().max(2083).optional(), adId: id.optional(), at });
const button = z.strictObject({ ...where, title: text, payload: z.string().max(1000), at });
const topic = z.strictObject({ ...where, topic: text, action: z.enum(["opt_in", "stop", "resume"]), at });
const feedback = z.strictObject({
  ...where,
  score: z.number().int().min(0).max(10),
  text: z.string().max(400).optional(),
  at,
});
const block = z.strictObject({ ...where, blocked: z.boolean() });
const gone = z.strictObject(where);

export const peopleActs: Record<string, Act> = {
  /** Somebody new with an empty thread, who can write without an ad. */
  people(meta, body) {
    const { pageId, name, platform } = read(newcomer, body);
    const page = pageOf(meta.world, pageId);
    if (platform === "instagram" && page.instagramId === null) {
      throw new Refusal(409, "No Instagram account is linked to this page.");
    }
    const random = randomFrom(`${meta.world.seed}|${meta.world.run}|${newNumber(meta.world)}`);
    const thread = openThread(meta.world, newPerson(meta.world, pageId, random, name, platform));
    meta.changed(thread);
    return viewThread(meta, thread);
  },

  reactions(meta, body) {
    const wanted = read(reaction, body);
    const thread = threadOf(meta.world, wanted.pageId, wanted.psid);
    react(meta, thread, wanted.mid, wanted.emoji, wanted.at ?? meta.now());
    return viewThread(meta, thread);
  },

  edits(meta, body) {
    const wanted = read(edit, body);
    const thread = threadOf(meta.world, wanted.pageId, wanted.psid);
    editMessage(meta, thread, wanted.mid, wanted.text, wanted.at ?? meta.now());
    return viewThread(meta, thread);
  },

  unsend(meta, body) {
    const wanted = read(unsending, body);
    const thread = threadOf(meta.world, wanted.pageId, wanted.psid);
    unsend(meta, thread, wanted.mid, wanted.at ?? meta.now());
    return viewThread(meta, thread);
  },

  links(meta, body) {
    const { pageId, psid, ref, adId, at: when = meta.now() } = read(link, body);
    if ((ref === undefined) === (adId === undefined)) throw new Refusal(400, "Say ref or adId.");
    const thread = threadOf(meta.world, pageId, psid);
    openAgain(meta, thread, adId === undefined ? null : adOf(meta.world, adId), ref ?? null, when);
    return viewThread(meta, thread);
  },

  postbacks(meta, body) {
    const { pageId, psid, title, payload, at: when = meta.now() } = read(button, body);
    const thread = threadOf(meta.world, pageId, psid);
    tapButton(meta, thread, title, payload, when);
    return viewThread(meta, thread);
  },

  optins(meta, body) {
    const wanted = read(topic, body);
    const thread = threadOf(meta.world, wanted.pageId, wanted.psid);
    chooseTopic(meta, thread, wanted.topic, wanted.action, wanted.at ?? meta.now());
    return viewThread(meta, thread);
  },

  feedback(meta, body) {
    const { pageId, psid, score, text: words, at: when = meta.now() } = read(feedback, body);
    const thread = threadOf(meta.world, pageId, psid);
    giveFeedback(meta, thread, score, words ?? null, when);
    return viewThread(meta, thread);
  },

  block(meta, body) {
    const { pageId, psid, blocked } = read(block, body);
    const thread = threadOf(meta.world, pageId, psid);
    personOf(meta.world, pageId, psid).hasBlocked = blocked;
    meta.changed(thread);
    return viewThread(meta, thread);
  },

  "delete-account"(meta, body) {
    const { pageId, psid } = read(gone, body);
    const thread = threadOf(meta.world, pageId, psid);
    personOf(meta.world, pageId, psid).isDeleted = true;
    meta.changed(thread);
    return viewThread(meta, thread);
  },
};
