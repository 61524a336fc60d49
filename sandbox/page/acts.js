/** What the visitor can do. Each act is one call; a refusal is shown as a sentence and loses nothing that was typed. */
import { tell } from "./client.js";
import { chatPlace } from "./place.js";
import {
  beMe,
  changed,
  forgetFailure,
  keyOf,
  lose,
  openBehind,
  putThread,
  readState,
  readTroubleSoon,
  say,
  store,
  words,
} from "./store.js";

/** @typedef {{ pageId: string, psid: string }} Chat */

/** How long a chat partner seems to type. None for people who want less motion. */
const PAUSE = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 500;

/** @param {() => Promise<void>} act @returns {Promise<boolean>} whether it worked */
export async function attempt(act) {
  forgetFailure();
  try {
    await act();
    store.isLineLost = false;
    return true;
  } catch (error) {
    lose(error);
    return false;
  }
}

/** @param {{ id: string, pageId: string }} ad */
export function tapAd(ad) {
  const psid = store.me.psids[ad.pageId];
  const flow = psid ? store.threads.get(keyOf({ pageId: ad.pageId, psid }))?.flow : null;
  if (psid && flow?.state === "running" && flow.adId !== ad.id) {
    location.hash = chatPlace({ pageId: ad.pageId, psid });
    return say(words().stillAsked);
  }
  return attempt(async () => {
    const thread = await tell("/flows/start", { adId: ad.id, ...(psid ? { psid } : { name: store.me.name }) });
    putThread(thread);
    beMe({ name: store.me.name, psids: { ...store.me.psids, [thread.pageId]: thread.psid } });
    location.hash = chatPlace(thread);
  });
}

/** @typedef {{ text: string, replyToMid?: string } | { choice: number } | { attachment: string }} Written */

/** The last write of each chat. @type {Map<string, Promise<boolean>>} */
const landing = new Map();

/** Who types faster than a message lands is heard all the same, in order. @param {Chat} chat @param {Written} message @param {string} shown */
export function write(chat, message, shown) {
  const key = keyOf(chat);
  const written = (landing.get(key) ?? Promise.resolve(true)).then(() => writeNext(chat, message, shown));
  landing.set(key, written);
  return written;
}

/** @param {Chat} chat @param {Written} message @param {string} shown */
async function writeNext({ pageId, psid }, message, shown) {
  const key = keyOf({ pageId, psid });
  store.sending.set(key, shown);
  const isWritten = await attempt(async () => {
    const [thread] = await Promise.all([tell("/messages", { pageId, psid, ...message }), pause()]);
    const heard = store.waiting.get(key);
    store.sending.delete(key);
    putThread(heard && heard.messages.length >= thread.messages.length ? heard : thread);
  });
  store.sending.delete(key);
  store.waiting.delete(key);
  changed();
  return isWritten;
}

function pause() {
  return new Promise((resolve) => setTimeout(resolve, PAUSE));
}

/** @param {Chat} chat */
export function goSilent({ pageId, psid }) {
  return attempt(async () => putThread(await tell("/flows/end", { pageId, psid, ending: "abandoned" })));
}

/** @type {Set<string>} */
const reading = new Set();

/** The customer looks at the chat. A failed receipt is not worth a sentence: the next look sends it again. @param {Chat} chat */
export function read({ pageId, psid }) {
  const key = keyOf({ pageId, psid });
  if (reading.has(key)) return;
  reading.add(key);
  tell("/read", { pageId, psid })
    .then(putThread, () => {})
    .finally(() => reading.delete(key));
}

/** @param {"inbox" | "other-app"} who @param {Chat} chat @param {"reply" | "take" | "pass" | "grant" | "request" | "release"} action @param {string} [text] */
export function actAs(who, { pageId, psid }, action, text) {
  return attempt(async () =>
    putThread(await tell(`/${who}`, { pageId, psid, action, ...(text === undefined ? {} : { text }) })),
  );
}

/** @param {Partial<import("../world.ts").DeliverySettings>} settings */
export function setDelivery(settings) {
  return attempt(async () => putDelivery(await tell("/delivery", settings)));
}

/** @param {Chat} chat */
export function expireControl({ pageId, psid }) {
  return attempt(async () => putThread(await tell("/expire-control", { pageId, psid })));
}

/** @param {Chat} chat @param {string} name @param {"add" | "remove"} action */
export function setLabel({ pageId, psid }, name, action) {
  return attempt(async () => putThread(await tell("/labels", { pageId, psid, name, action })));
}

export function flush() {
  return attempt(async () => putDelivery(await tell("/delivery/flush")));
}

/** @param {import("../world.ts").DeliveryView} delivery */
function putDelivery(delivery) {
  if (store.state) store.state.delivery = delivery;
  changed();
}

/** @param {object} fault */
export function setFault(fault) {
  return attempt(async () => {
    const faults = await tell("/faults", fault);
    if (store.state) store.state.faults = faults;
    readTroubleSoon();
    changed();
  });
}

export function seedSome() {
  return attempt(async () => {
    await tell("/seed", { count: 20, days: 2, seed: `page-${Date.now()}` });
    await readState();
  });
}

export function startOver() {
  return attempt(async () => {
    await tell("/reset");
    location.hash = "#ads";
    store.chat = null;
    await readState();
  });
}

export function toggleBehind() {
  openBehind(!store.isBehindOpen);
}
