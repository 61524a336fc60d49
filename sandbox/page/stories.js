/** Four stories a newcomer can play: each acts here as people would, and then says what to look at. */
import { attempt, setDelivery, write } from "./acts.js";
import { tell } from "./client.js";
import { inventName } from "./person.js";
import { chatPlace } from "./place.js";
import { beMe, changed, openChatNow, putThread, say, store, words } from "./store.js";

/** @typedef {import("../world-ads.ts").Ad} Ad */
/** @typedef {"disqualified" | "stopped" | "takeover" | "outage"} StoryName */

/** Which ad can tell the story. @type {Record<StoryName, (ad: Ad) => boolean>} */
const fits = {
  disqualified: ({ questions, settings }) =>
    settings.connectedAppId !== null && questions.some(({ disqualifies }) => disqualifies.length > 0),
  stopped: ({ settings }) => settings.connectedAppId !== null && settings.stopKeywords.length > 0,
  takeover: ({ settings }) => settings.connectedAppId !== null,
  outage: ({ settings }) => settings.connectedAppId !== null,
};

/** @param {StoryName} name */
export async function playStory(name) {
  const ad = store.state?.ads.find(fits[name]);
  if (!ad || !store.state) return say(words().stories.noAd);
  const person = somebodyElse();
  store.story = { name, person, stage: "playing" };
  changed();
  const isPlayed = await attempt(() => acts[name](ad, person));
  store.story = isPlayed ? { name, person, stage: "look" } : null;
  changed();
}

/** A name that nobody bears who was here lately, so that the lead can be told from the others. */
function somebodyElse() {
  const known = new Set([store.me.name, ...[...store.threads.values()].map(({ name }) => name)]);
  let name = inventName();
  for (let tries = 0; known.has(name) && tries < 50; tries += 1) name = inventName();
  return name;
}

/** @type {Record<StoryName, (ad: Ad, person: string) => Promise<void>>} */
const acts = {
  async disqualified(ad, person) {
    let thread = await tapAs(ad, person);
    while (thread.flow?.state === "running") {
      const question = ad.questions[thread.flow.step];
      const wrong = question?.disqualifies[0];
      const title = wrong ?? thread.quickReplies[0]?.title ?? person;
      thread = await answer(thread, title);
    }
  },

  async stopped(ad, person) {
    const thread = await tapAs(ad, person);
    const next = await answer(thread, thread.quickReplies[0]?.title ?? person);
    await answer(next, ad.settings.stopKeywords[0] ?? "");
  },

  async takeover(ad, person) {
    const chat = await finished(ad, person);
    await tell("/inbox", { ...chat, action: "take" });
    const text =
      store.language === "de" ? "Guten Tag, hier ist Jana aus der Filiale." : "Hello, this is Jana at the shop.";
    putThread(await tell("/inbox", { ...chat, action: "reply", text }));
  },

  async outage(ad, person) {
    await setDelivery({ down: true });
    await finished(ad, person);
  },
};

export async function endOutage() {
  await setDelivery({ down: false });
  if (store.story?.name === "outage") store.story = { ...store.story, stage: "looked" };
  changed();
}

export function closeStory() {
  store.story = null;
  changed();
}

/** @param {Ad} ad @param {string} person */
async function tapAs(ad, person) {
  const thread = await tell("/flows/start", { adId: ad.id, name: person });
  show(thread);
  return thread;
}

/** A whole flow that has just ended. @param {Ad} ad @param {string} person */
async function finished(ad, person) {
  const { pageId, psid } = await tell("/flows", { adId: ad.id, name: person, ending: "complete" });
  await openChatNow({ pageId, psid });
  beMe({ name: person, psids: { [pageId]: psid } });
  location.hash = chatPlace({ pageId, psid });
  return { pageId, psid };
}

/** @param {import("../world-views.ts").ThreadView} thread */
function show(thread) {
  putThread(thread);
  beMe({ name: thread.name, psids: { [thread.pageId]: thread.psid } });
  location.hash = chatPlace(thread);
}

/** @param {import("../world-views.ts").ThreadView} thread @param {string} text */
async function answer({ pageId, psid }, text) {
  if (!(await write({ pageId, psid }, { text }, text))) throw new Error(store.failure ?? "");
  const next = store.threads.get(`${pageId}.${psid}`);
  if (!next) throw new Error(psid);
  return next;
}
