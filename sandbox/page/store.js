/** What this page knows: the sandbox's state as last heard, and the visitor's own choices. Every change redraws the page once. */
import { look, Refusal } from "./client.js";
import { keep, recall, recallMe, rememberMe, somebodyKnown } from "./person.js";
import { readPlace } from "./place.js";
import { texts } from "./texts.js";

/** @typedef {import("../world.ts").StateView} StateView */
/** @typedef {import("../world.ts").ThreadView} ThreadView */
/** @typedef {import("../world.ts").StreamEvent} StreamEvent */
/** @typedef {import("./texts.js").Language} Language */
/** @typedef {import("./person.js").Me} Me */

/** @param {{ pageId: string, psid: string }} thread */
export const keyOf = ({ pageId, psid }) => `${pageId}.${psid}`;

/** @returns {Language} */
function firstLanguage() {
  const chosen = recall("sandbox.language") ?? navigator.language;
  return chosen.startsWith("de") ? "de" : "en";
}

/** @typedef {"chat" | "deliveries" | "trouble" | "ads" | "pages" | "plays"} TabName */
/** @type {TabName[]} */
export const tabNames = ["chat", "deliveries", "trouble", "ads", "pages", "plays"];

/** @returns {TabName} */
function firstTab() {
  return tabNames.find((name) => name === recall("sandbox.tab")) ?? "chat";
}

export const store = {
  /** @type {StateView | null} */
  state: null,
  /** @type {Map<string, ThreadView>} */
  threads: new Map(),
  /** @type {Me} */
  me: recallMe(),
  place: readPlace(location.hash),
  /** The chat on the phone; it stays there while the visitor looks at the ads. @type {{ pageId: string, psid: string } | null} */
  chat: readPlace(location.hash).chat,
  language: firstLanguage(),
  isBehindOpen: recall("sandbox.behind") === "open",
  tab: firstTab(),
  isLineLost: false,
  /** @type {string | null} */
  failure: null,
  /** The page that troubles are ordered for. @type {string | null} */
  troublePageId: null,
  /** What the last lost minutes left in the history. @type {{ events: number, threads: number, messages: number, leads: number } | null} */
  gap: null,
  /** The story that is being played, or was. @type {{ name: import("./stories.js").StoryName, person: string, stage: "playing" | "look" | "looked" } | null} */
  story: null,
  /** What the visitor has just written, until the sandbox has it. @type {Map<string, string>} */
  sending: new Map(),
  /** What was heard about such a chat meanwhile. @type {Map<string, ThreadView>} */
  waiting: new Map(),
};

/** @type {() => void} */
let redraw = () => {};
let isDue = false;

/** @param {() => void} draw */
export function onChange(draw) {
  redraw = draw;
}

export function changed() {
  if (isDue) return;
  isDue = true;
  queueMicrotask(() => {
    isDue = false;
    redraw();
  });
}

/** The visitor's own way of writing times, in the language chosen here. */
export const locale = () => navigator.languages.find((name) => name.startsWith(store.language)) ?? store.language;

export const words = () => texts[store.language];

/** @param {{ pageId: string, psid: string } | null} chat @returns {ThreadView | null} */
export function threadOf(chat) {
  return chat === null ? null : (store.threads.get(keyOf(chat)) ?? null);
}

/** The visitor's chats, newest first. @returns {ThreadView[]} */
export function myThreads() {
  const mine = Object.entries(store.me.psids).map(([pageId, psid]) => store.threads.get(keyOf({ pageId, psid })));
  return mine.filter((thread) => thread !== undefined).sort((a, b) => b.lastAt - a.lastAt);
}

/** @param {ThreadView} thread */
export function putThread(thread) {
  if (store.state && !store.threads.has(keyOf(thread))) store.state.threadCount += 1;
  store.threads.set(keyOf(thread), thread);
  changed();
}

/** @param {StreamEvent} event */
export function hear(event) {
  if (event.kind === "reload") return void readState();
  readTroubleSoon();
  if (event.kind === "thread") {
    // While the visitor's own words are on the way, what comes back waits until the other side has "typed" it.
    const key = keyOf(event.thread);
    if (store.sending.has(key)) store.waiting.set(key, event.thread);
    else putThread(event.thread);
  }
  if (event.kind === "delivery" && store.state) store.state.delivery = event.delivery;
  changed();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let troubleDue;

/** The stream does not tell when an ordered fault was used up, or how far a play is. */
export function readTroubleSoon() {
  if (troubleDue !== undefined) return;
  troubleDue = setTimeout(() => {
    troubleDue = undefined;
    look("/state?threads=0").then(putTrouble, () => {});
  }, 800);
}

/** @param {StateView} fresh */
function putTrouble({ faults, subscriptions, plays, pages }) {
  if (store.state) Object.assign(store.state, { faults, subscriptions, plays, pages });
  changed();
}

let isReading = false;
let isStale = false;

/** One reading at a time: while the sandbox plays many flows it asks for it again and again. */
export async function readState() {
  isStale = true;
  if (isReading) return;
  isReading = true;
  while (isStale) {
    isStale = false;
    await readOnce();
  }
  isReading = false;
}

async function readOnce() {
  try {
    const state = await look("/state?threads=30");
    store.state = state;
    store.threads = new Map(state.threads.map((/** @type {ThreadView} */ thread) => [keyOf(thread), thread]));
    await keepKnownChats();
    if (store.chat) await openChat(store.chat);
    store.isLineLost = false;
  } catch (error) {
    lose(error);
  }
  changed();
}

/** After a reset the sandbox no longer knows the visitor's ids; the visitor keeps the name and begins anew. */
async function keepKnownChats() {
  const { name, psids } = store.me;
  const known = await Promise.all(
    Object.entries(psids).map(async ([pageId, psid]) => ((await needThread({ pageId, psid })) ? [[pageId, psid]] : [])),
  );
  beMe({ name, psids: Object.fromEntries(known.flat()) });
}

/** A linked chat says who the visitor is; a chat the sandbox has forgotten is closed. @param {{ pageId: string, psid: string }} chat */
async function openChat(chat) {
  const thread = await needThread(chat);
  if (thread === null) store.chat = null;
  else if (store.me.psids[chat.pageId] !== chat.psid) beMe(somebodyKnown(thread));
  changed();
}

/** Has the chat at hand before anything else happens to it. @param {{ pageId: string, psid: string }} chat */
export async function openChatNow(chat) {
  store.threads.delete(keyOf(chat));
  await needThread(chat);
}

/** @param {{ pageId: string, psid: string }} chat @returns {Promise<ThreadView | null>} null for an unknown chat */
async function needThread(chat) {
  const known = threadOf(chat);
  if (known) return known;
  try {
    const thread = await look(`/threads/${encodeURIComponent(chat.pageId)}/${encodeURIComponent(chat.psid)}`);
    putThread(thread);
    return thread;
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return null;
    throw error;
  }
}

/** @param {Me} me */
export function beMe(me) {
  store.me = me;
  rememberMe(me);
  changed();
}

/** Follows the address. */
export function goTo() {
  store.place = readPlace(location.hash);
  const { chat, pane } = store.place;
  if (pane === "chats") store.chat = chat;
  if (chat !== null) openChat(chat).catch(lose);
  if (pane === "behind") openBehind(true);
  changed();
}

/** @param {boolean} isOpen */
export function openBehind(isOpen) {
  store.isBehindOpen = isOpen;
  keep("sandbox.behind", isOpen ? "open" : "closed");
  changed();
}

/** @param {TabName} name */
export function chooseTab(name) {
  store.tab = name;
  keep("sandbox.tab", name);
  readTroubleSoon();
  changed();
}

/** @param {Language} language */
export function speak(language) {
  store.language = language;
  keep("sandbox.language", language);
  changed();
}

/** @param {string} sentence */
export function say(sentence) {
  store.failure = sentence;
  changed();
}

/** Says in words what did not work; silence of the sandbox has a line of its own. @param {unknown} error */
export function lose(error) {
  if (error instanceof Refusal && error.status === 0) store.isLineLost = true;
  else store.failure = words().failed(error instanceof Error ? error.message : String(error));
  changed();
}

export function forgetFailure() {
  store.failure = null;
  changed();
}
