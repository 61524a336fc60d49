/** What a redraw must not disturb, and what a person who does not see it must be told: scroll, focus, news. */
import { keyOf, myThreads, store, words } from "./store.js";

const NEAR = 80;
let shownChat = "";

/** Called before a redraw; what it returns puts the chat back to its end, unless the visitor was reading further up. */
export function keepScroll() {
  const before = document.querySelector("#log");
  const wasAtEnd = before !== null && before.scrollHeight - before.scrollTop - before.clientHeight < NEAR;
  return () => {
    const log = document.querySelector("#log");
    const chat = log?.getAttribute("data-chat") ?? "";
    if (log && (wasAtEnd || chat !== shownChat)) log.scrollTop = log.scrollHeight;
  };
}

/** Opening a chat moves the focus into it; an offered answer that vanished hands the focus to what can be done next. */
export function placeFocus() {
  const log = document.querySelector("#log");
  const chat = log?.getAttribute("data-chat") ?? "";
  const isOpened = chat !== shownChat && chat !== "";
  shownChat = chat;
  // While an answer is on the way the next choices are not there yet.
  if (document.querySelector("dialog[open]") || store.sending.has(chat)) return;
  const isLost = document.activeElement === document.body && hadFocus;
  if (isOpened || isLost) focusNext();
  hadFocus = document.activeElement !== document.body;
}

let hadFocus = false;

function focusNext() {
  if (store.place.pane === "ads" && isNarrow()) return;
  // On a touch screen the text field would open the keyboard over the answers.
  const places = isNarrow() ? [".chip", "#chat-title", "#chats-title"] : [".chip", "#message", "#chats-title"];
  for (const place of places) {
    const element = document.querySelector(place);
    if (!(element instanceof HTMLElement) || element.getClientRects().length === 0) continue;
    element.focus({ preventScroll: true });
    return;
  }
}

function isNarrow() {
  return matchMedia("(max-width: 819px)").matches;
}

/** @type {Map<string, string>} */
const told = new Map();

/** Says what a page wrote in a chat that is not on the screen; the open chat is a live region itself. */
export function announce() {
  const log = document.querySelector("#log");
  const onScreen = log && log.getClientRects().length > 0 ? log.getAttribute("data-chat") : null;
  for (const thread of myThreads()) {
    const last = thread.messages.at(-1);
    const key = keyOf(thread);
    const isNews = told.has(key) && told.get(key) !== last?.mid && last && last.from !== "person" && key !== onScreen;
    told.set(key, last?.mid ?? "");
    const news = document.querySelector("#news");
    if (isNews && news) news.textContent = `${thread.pageName}: ${last.text ?? words().picture}`;
  }
}
