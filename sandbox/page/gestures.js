/** What a customer does besides writing: each is one call, and the chat as it then is. */
import { attempt } from "./acts.js";
import { tell } from "./client.js";
import { chatPlace } from "./place.js";
import { beMe, changed, putThread, store, words } from "./store.js";
import { closeTray, note } from "./tray-state.js";

/** @typedef {import("./acts.js").Chat} Chat */

/** @param {Chat} chat @param {string} path @param {object} [more] @param {string} [done] said where the chat itself does not show it */
function gesture({ pageId, psid }, path, more = {}, done = "") {
  return attempt(async () => {
    putThread(await tell(path, { pageId, psid, ...more }));
    closeTray();
    if (done !== "") note({ pageId, psid }, done);
  });
}

/** @param {Chat} chat @param {string} mid @param {string | null} emoji */
export const react = (chat, mid, emoji) => gesture(chat, "/reactions", { mid, emoji });
/** @param {Chat} chat @param {string} mid @param {string} text */
export const edit = (chat, mid, text) => gesture(chat, "/edits", { mid, text });
/** @param {Chat} chat @param {string} mid */
export const unsend = (chat, mid) => gesture(chat, "/unsend", { mid });
/** @param {Chat} chat @param {{ ref: string } | { adId: string }} way */
export const comeBack = (chat, way) => gesture(chat, "/links", way, words().phone.cameBack);
/** @param {Chat} chat @param {string} title */
export const tapButton = (chat, title) =>
  gesture(chat, "/postbacks", { title, payload: "CALL_ME_BACK" }, words().phone.tapped(title));
/** @param {Chat} chat @param {string} topic @param {"opt_in" | "stop" | "resume"} action */
export const chooseUpdates = (chat, topic, action) =>
  gesture(chat, "/optins", { topic, action }, words().phone.chosen[action]);
/** @param {Chat} chat @param {number} score @param {string} text */
export const rate = (chat, score, text) =>
  gesture(chat, "/feedback", { score, ...(text === "" ? {} : { text }) }, words().phone.thanks);
/** @param {Chat} chat @param {boolean} blocked */
export const block = (chat, blocked) => gesture(chat, "/block", { blocked });
/** @param {Chat} chat */
export const erase = (chat) => gesture(chat, "/delete-account");

/** Somebody with an empty chat; on Instagram the visitor is another person to the page. @param {string} pageId @param {"messenger" | "instagram"} platform */
export function writeWithoutAd(pageId, platform) {
  return attempt(async () => {
    const thread = await tell("/people", { pageId, platform, name: store.me.name });
    putThread(thread);
    beMe({ name: store.me.name, psids: { ...store.me.psids, [pageId]: thread.psid } });
    location.hash = chatPlace(thread);
    changed();
  });
}
