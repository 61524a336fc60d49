/** One message in the chat, with who wrote it and whether it was seen, said quietly. */
import { pageFace } from "./art.js";
import { timeOf } from "./clock.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { locale, words } from "./store.js";
import { openTray } from "./tray-state.js";

/** @typedef {import("../world.ts").ThreadView} ThreadView */
/** @typedef {import("../world.ts").Message} Message */

/** @param {import("./timeline.js").MessageEntry} entry @param {ThreadView} thread @param {boolean} showsReceipt */
export function bubble({ key, message, isFirst, isLast, saysWho }, thread, showsReceipt) {
  const t = words();
  const isMine = message.from === "person";
  const side = isMine ? "mine" : "theirs";
  return h(
    "div",
    {
      key,
      class: `said ${side}${isFirst ? " is-first" : ""}${isLast ? " is-last" : ""}${saysWho ? " is-signed" : ""}`,
      "data-from": message.from,
      "data-mid": message.isUnsent ? null : message.mid,
    },
    !isMine && (isLast ? pageFace({ id: thread.pageId, name: thread.pageName }) : h("span", { class: "face-space" })),
    h(
      "div",
      { class: "said-words" },
      h("span", { class: "unseen" }, `${isMine ? t.you : thread.pageName}: `),
      message.replyToMid !== null && quoted(message.replyToMid, thread),
      message.personaId !== undefined &&
        isFirst &&
        h("p", { class: "persona" }, thread.personas[message.personaId] ?? thread.pageName),
      !message.isUnsent && message.attachments.map(attachment),
      !message.isUnsent && message.text !== null && h("p", { class: "bubble", dir: "auto" }, message.text),
      isEmpty(message) && h("p", { class: "bubble is-empty" }, message.isUnsent ? t.unsent : t.noText),
      reaction(message, thread),
      !saysWho && message.edits.length > 0 && h("p", { class: "meta" }, t.edited),
      saysWho && h("p", { class: "meta" }, below(message, thread, showsReceipt).join(" · ")),
    ),
    !message.isUnsent && handle(message, thread),
  );
}

/** Opens what can be done with a message; on a phone a long press does the same. @param {Message} message @param {ThreadView} thread */
function handle({ mid, text }, thread) {
  const t = words();
  const word = `${t.phone.moreFor}: ${text ?? t.picture}`;
  return h(
    "button",
    {
      type: "button",
      id: `of-${mid}`,
      class: "icon-button handle",
      "aria-label": word,
      title: t.phone.moreFor,
      onclick: () => openTray(thread, "message", mid),
    },
    icon("smile", 18),
  );
}

/** @param {Message} message */
function isEmpty({ isUnsent, text, attachments }) {
  return isUnsent || (text === null && attachments.length === 0);
}

/** Author, time, and what became of it. @param {Message} message @param {ThreadView} thread @param {boolean} showsReceipt */
function below(message, thread, showsReceipt) {
  const t = words();
  const isMine = message.from === "person";
  return [
    isMine ? null : t.by[message.from],
    timeOf(message.at, locale()),
    message.edits.length > 0 ? t.edited : null,
    showsReceipt ? receipt(message, thread) : null,
  ].filter((word) => word !== null);
}

const emojis = { love: "❤️", like: "👍", dislike: "👎", smile: "😆", wow: "😮", sad: "😢", angry: "😠" };

/** Both sides' reactions to a message. @param {Message} message @param {ThreadView} thread */
function reaction({ mid, reaction: own, isUnsent }, thread) {
  const given = [own, thread.pageReactions[mid]].filter((one) => one !== null && one !== undefined);
  if (given.length === 0 || isUnsent) return null;
  const shown = given.map((word) => Object.entries(emojis).find(([name]) => name === word)?.[1] ?? word);
  return h("p", { class: "reaction" }, h("span", { class: "unseen" }, `${words().reaction}: `), shown.join(" "));
}

/** @param {string} mid @param {ThreadView} thread */
function quoted(mid, thread) {
  const original = thread.messages.find((message) => message.mid === mid);
  return original ? h("p", { class: "quoted", dir: "auto" }, original.text ?? words().picture) : null;
}

/** @param {Message} message @param {ThreadView} thread */
function receipt(message, { signs }) {
  const t = words();
  // The sandbox marks the customer's own words as read when they are written; only a later look is the page's.
  if (message.readAt !== null && message.readAt > message.at) return t.seen;
  if (signs.seenAt !== null && signs.seenAt >= message.at) return t.seen;
  return message.deliveredAt === null ? t.sent : t.delivered;
}

const OWN = "https://scontent.example/";

/** What this sandbox keeps is shown; addresses elsewhere are named, never loaded. @param {import("../world.ts").Attachment} attachment */
function attachment({ type, title, url, coordinates }) {
  const t = words();
  if (coordinates !== undefined) {
    const place = `${coordinates.lat.toFixed(4)}, ${coordinates.long.toFixed(4)}`;
    return h(
      "p",
      { class: "bubble attached is-place" },
      icon("place", 24),
      t.phone.kinds.location,
      h("span", { class: "small" }, place),
    );
  }
  const src = url?.startsWith(OWN) ? `/media/${url.slice(OWN.length)}` : null;
  if (src !== null && (type === "image" || type === "sticker")) {
    return h("img", { class: `shown is-${type}`, src, alt: title ?? t.picture, loading: "lazy" });
  }
  if (src !== null && type === "audio") return h("audio", { class: "shown", src, controls: true, preload: "none" });
  if (src !== null && (type === "file" || type === "video")) {
    const name = title ?? t.phone.kinds[type];
    return h("a", { class: "bubble attached", href: src, target: "_blank", rel: "noreferrer" }, icon(type, 18), name);
  }
  return h(
    "p",
    { class: "bubble attached" },
    icon("picture", 18),
    title ?? (type === "image" ? t.picture : t.attachment(type)),
  );
}

/** @param {string} text */
export function sendingBubble(text) {
  return h(
    "div",
    { key: "sending", class: "said mine is-first is-last is-sending" },
    h("div", { class: "said-words" }, h("p", { class: "bubble", dir: "auto" }, text)),
  );
}

/** @param {ThreadView} thread */
export function typing(thread) {
  return h(
    "div",
    { key: "typing", class: "said theirs is-first is-last" },
    pageFace({ id: thread.pageId, name: thread.pageName }),
    h(
      "div",
      { class: "said-words" },
      h(
        "p",
        { class: "bubble typing" },
        h("span", { class: "unseen" }, words().isTyping(thread.pageName)),
        h("i"),
        h("i"),
        h("i"),
      ),
    ),
  );
}
