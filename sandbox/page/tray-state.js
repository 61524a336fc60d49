/** The tray in the place of the keyboard, and what the next message answers or changes. Closing gives the focus back. */
import { changed, keyOf, store } from "./store.js";

/** @typedef {"attach" | "message" | "more" | "link" | "feedback" | "erase"} TrayKind */
/** @typedef {{ kind: TrayKind, chat: string, mid: string | null }} Tray */
/** @typedef {{ kind: "reply" | "edit", chat: string, mid: string }} Aim */

/** @type {{ tray: Tray | null, aim: Aim | null, note: { chat: string, words: string } | null }} */
const phone = { tray: null, aim: null, note: null };
const NOTED = 6000;
let opener = "";

/** @param {{ pageId: string, psid: string }} chat @returns {Tray | null} */
export function trayOf(chat) {
  return phone.tray?.chat === keyOf(chat) ? phone.tray : null;
}

/** @param {{ pageId: string, psid: string }} chat @returns {Aim | null} */
export function aimOf(chat) {
  return phone.aim?.chat === keyOf(chat) ? phone.aim : null;
}

/** What was just done and leaves no message. @param {{ pageId: string, psid: string }} chat */
export function noteOf(chat) {
  return phone.note?.chat === keyOf(chat) ? phone.note.words : null;
}

/** @param {{ pageId: string, psid: string }} chat @param {string} words */
export function note(chat, words) {
  const given = { chat: keyOf(chat), words };
  phone.note = given;
  changed();
  setTimeout(() => {
    if (phone.note === given) phone.note = null;
    changed();
  }, NOTED);
}

/** @param {{ pageId: string, psid: string }} chat @param {TrayKind} kind @param {string | null} [mid] */
export function openTray(chat, kind, mid = null) {
  if (phone.tray === null) opener = document.activeElement?.id ?? "";
  phone.tray = { kind, chat: keyOf(chat), mid };
  changed();
  focusSoon(["#tray .field", "#tray :is(.tile, .emoji, .tray-item)", "#tray button"]);
}

export function closeTray() {
  if (phone.tray === null) return;
  phone.tray = null;
  changed();
  focusSoon([opener === "" ? "#message" : `#${CSS.escape(opener)}`, "#message"]);
}

/** @param {{ pageId: string, psid: string }} chat @param {"reply" | "edit" | null} kind @param {string} [mid] @param {string} [text] */
export function aim(chat, kind, mid = "", text = "") {
  phone.aim = kind === null ? null : { kind, chat: keyOf(chat), mid };
  phone.tray = null;
  changed();
  requestAnimationFrame(() => {
    const field = document.querySelector("#message");
    if (!(field instanceof HTMLInputElement)) return;
    field.focus();
    if (kind === "edit") field.value = text;
  });
}

/** @param {string[]} places */
function focusSoon(places) {
  requestAnimationFrame(() => {
    const found = places.map((place) => document.querySelector(place)).find((element) => element !== null);
    if (found instanceof HTMLElement) found.focus();
  });
}

/** Escape closes the tray, and so does leaving the chat. */
export function watchTray() {
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && phone.tray !== null && !document.querySelector("dialog[open]")) closeTray();
  });
  addEventListener("hashchange", () => {
    if (store.chat === null || phone.tray?.chat !== keyOf(store.chat)) phone.tray = null;
  });
}

const PRESS = 450;

/** A long press on a message opens its tray, as on a real phone. */
export function watchPresses() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const stop = () => clearTimeout(timer);
  addEventListener("pointerdown", (event) => {
    stop();
    const said = event.target instanceof Element ? event.target.closest("[data-mid]") : null;
    if (event.pointerType === "mouse" || said === null || store.chat === null) return;
    const { chat } = store;
    timer = setTimeout(() => openTray(chat, "message", said.getAttribute("data-mid")), PRESS);
  });
  for (const end of ["pointerup", "pointercancel", "scroll"]) addEventListener(end, stop, true);
}
