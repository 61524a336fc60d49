/** The open chat: who it is with, what was said, and what can be written now. */
import { pageFace } from "./art.js";
import { bubble, sendingBubble, typing } from "./bubble.js";
import { dayOf } from "./clock.js";
import { composer } from "./composer.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { changed, keyOf, locale, store, words } from "./store.js";
import { timeline } from "./timeline.js";
import { openTray } from "./tray-state.js";

/** @typedef {import("../world.ts").ThreadView} ThreadView */
/** @typedef {import("./timeline.js").Entry} Entry */

/** @param {ThreadView} thread */
export function chat(thread) {
  const t = words();
  const key = keyOf(thread);
  const isSending = store.sending.has(key);
  const entries = timeline(thread);
  const lastOwn = entries.findLast((entry) => entry.kind === "message" && entry.message.from === "person");
  const isMineLast = !isSending && thread.messages.at(-1)?.from === "person";
  return h(
    "div",
    { key: `chat${key}`, class: "screen" },
    chatHead(thread),
    h(
      "div",
      {
        class: "log",
        id: "log",
        role: "log",
        "aria-live": "polite",
        "aria-label": t.conversation(thread.pageName),
        tabindex: 0,
        "data-chat": key,
      },
      entries.map((entry) => drawn(entry, thread, isMineLast && entry === lastOwn)),
      isSending && sendingBubble(store.sending.get(key) ?? ""),
      (isTyping(thread) || (isSending && thread.flow?.state === "running")) && typing(thread),
    ),
    composer(thread, isSending),
  );
}

/** @type {number | undefined} */
let signEnds;

/** The page's sign holds for some seconds; nobody is told when it ends. @param {ThreadView} thread */
function isTyping({ signs }) {
  const left = (signs.typingUntil ?? 0) - Date.now();
  clearTimeout(signEnds);
  if (left > 0) signEnds = setTimeout(changed, left + 50);
  return left > 0;
}

/** @param {ThreadView} thread */
function chatHead(thread) {
  const t = words();
  const flow = thread.flow?.state === "running" ? thread.flow : null;
  const asked = flow ? Math.min(flow.step + 1, flow.total) : 0;
  return h(
    "header",
    { class: "screen-head chat-head" },
    h("a", { class: "icon-button", href: "#chats", "aria-label": t.back, title: t.back }, icon("back")),
    pageFace({ id: thread.pageId, name: thread.pageName }),
    h(
      "div",
      { class: "chat-who" },
      h("h2", { id: "chat-title", tabindex: -1 }, thread.pageName),
      h("p", { class: "small" }, flow ? t.questionOf(asked, flow.total) : place(thread)),
    ),
    h(
      "button",
      {
        type: "button",
        id: "more-about",
        class: "icon-button chat-more",
        "aria-label": t.phone.more,
        title: t.phone.more,
        onclick: () => openTray(thread, "more"),
      },
      icon("dots"),
    ),
    flow &&
      h("progress", {
        key: "progress",
        class: "progress",
        max: flow.total,
        value: flow.step,
        "data-step": flow.step,
        "aria-label": t.questionOf(asked, flow.total),
      }),
  );
}

/** @param {ThreadView} thread */
function place({ platform }) {
  return platform === "instagram" ? words().phone.instagram : words().messenger;
}

/** @param {Entry} entry @param {ThreadView} thread @param {boolean} showsReceipt */
function drawn(entry, thread, showsReceipt) {
  const t = words();
  switch (entry.kind) {
    case "day":
      return h("p", { key: entry.key, class: "line day" }, dayOf(entry.at, locale()));
    case "ad":
      return adLine(entry.key, entry.adId);
    case "end":
      return h(
        "p",
        { key: entry.key, class: "line" },
        h("span", { class: "line-word" }, t.ended[entry.ending ?? "unknown"]),
      );
    case "message":
      return bubble(entry, thread, showsReceipt);
  }
}

/** @param {string} key @param {string} adId */
function adLine(key, adId) {
  const ad = store.state?.ads.find(({ id }) => id === adId);
  return h(
    "div",
    { key, class: "line ad-line" },
    icon("feed", 18),
    h("span", {}, h("span", { class: "small" }, words().viaAd), h("strong", { lang: ad?.language }, ad?.title ?? adId)),
  );
}
