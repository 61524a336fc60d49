/** The customer's phone: the list of chats, one per page, or the open chat. */
import { pageFace } from "./art.js";
import { chat } from "./chat.js";
import { shortly, timeOf } from "./clock.js";
import { h } from "./dom.js";
import { writeWithoutAd } from "./gestures.js";
import { icon } from "./icons.js";
import { chatPlace } from "./place.js";
import { keyOf, locale, myThreads, store, threadOf, words } from "./store.js";

/** @typedef {import("../world.ts").ThreadView} ThreadView */

export function phone() {
  const t = words();
  const thread = threadOf(store.chat);
  return h(
    "section",
    { key: "phone", class: "pane phone-pane", id: "phone", "aria-label": t.phoneOf(store.me.name) },
    h(
      "div",
      { class: "phone" },
      h(
        "div",
        { class: "phone-bar", "aria-hidden": "true" },
        h("span", {}, timeOf(Date.now(), locale())),
        h("span", { class: "phone-eye" }),
        h("span", { class: "phone-name" }, store.me.name),
      ),
      thread ? chat(thread) : chatList(),
    ),
  );
}

function chatList() {
  const t = words();
  const threads = myThreads();
  return h(
    "div",
    { key: "chats", class: "screen" },
    h("header", { class: "screen-head" }, h("h2", { id: "chats-title", tabindex: -1 }, t.chats)),
    store.state === null && h("p", { class: "empty", key: "wait" }, t.loading),
    store.state !== null && threads.length === 0 && noChats(),
    threads.length > 0 &&
      h("ul", { class: "chats", key: "list", "aria-labelledby": "chats-title" }, threads.map(chatRow)),
    store.state !== null && withoutAd(),
  );
}

/** Not everybody comes from an ad. */
function withoutAd() {
  const t = words().phone;
  const start = (/** @type {string} */ key, /** @type {string} */ word, /** @type {() => unknown} */ act) =>
    h("button", { key, type: "button", class: "button quiet bordered", onclick: () => void act() }, word);
  return h(
    "div",
    { key: "without-ad", class: "without-ad", role: "group", "aria-label": t.writeTo },
    store.state?.pages.flatMap(({ id, name, instagramId }) => [
      store.me.psids[id] === undefined && start(id, t.writeToPage(name), () => writeWithoutAd(id, "messenger")),
      instagramId !== null && start(`ig${id}`, t.writeToInstagram(name), () => writeWithoutAd(id, "instagram")),
    ]),
  );
}

function noChats() {
  const t = words();
  return h(
    "div",
    { class: "empty", key: "none" },
    icon("chat", 40),
    h("p", { class: "empty-title" }, t.noChats),
    h("p", {}, t.noChatsHint),
    h("a", { class: "button narrow-only", href: "#ads" }, t.toAds),
  );
}

/** @param {ThreadView} thread */
function chatRow(thread) {
  const t = words();
  const last = thread.messages.at(-1);
  const text = last ? (last.text ?? t.picture) : t.viaAd;
  return h(
    "li",
    { key: keyOf(thread) },
    h(
      "a",
      { class: "chat-row", href: chatPlace(thread) },
      pageFace({ id: thread.pageId, name: thread.pageName }),
      h(
        "span",
        { class: "chat-row-words" },
        h(
          "span",
          { class: "chat-row-top" },
          h("span", { class: "chat-row-name" }, thread.pageName),
          h("span", { class: "small" }, shortly(thread.lastAt, Date.now(), locale())),
        ),
        h(
          "span",
          { class: thread.unread > 0 ? "chat-row-text is-unread" : "chat-row-text", dir: "auto" },
          last?.from === "person" ? `${t.you}: ${text}` : text,
        ),
      ),
      thread.unread > 0 &&
        h(
          "span",
          { class: "badge" },
          h("span", { "aria-hidden": "true" }, thread.unread),
          h("span", { class: "unseen" }, t.unread(thread.unread)),
        ),
    ),
  );
}
