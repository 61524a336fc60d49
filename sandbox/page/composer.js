/** What the customer can write now: offered answers, free text, a picture; below it the ways a flow can end. */
import { goSilent, tapAd, write } from "./acts.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { keyOf, store, words } from "./store.js";

/** @typedef {import("../world.ts").ThreadView} ThreadView */

/** @param {ThreadView} thread @param {boolean} isSending */
export function composer(thread, isSending) {
  return h("footer", { class: "composer" }, !isSending && offered(thread), form(thread), tryOut(thread));
}

/** @param {ThreadView} thread */
function offered(thread) {
  const t = words();
  const isAsked = thread.flow?.state === "running" || thread.messages.at(-1)?.from !== "leadgen";
  if (thread.quickReplies.length === 0 || !isAsked) return null;
  const isPrefilled = thread.flow?.state === "running" && thread.flow.suggestion !== null;
  const asked = thread.messages.at(-1)?.mid ?? "";
  const chips = thread.quickReplies.map(({ title }, choice) =>
    h(
      "button",
      { key: `${asked}${choice}`, type: "button", class: "chip", onclick: () => void write(thread, { choice }, title) },
      isPrefilled && icon("person", 16),
      h("span", { dir: "auto" }, title),
      isPrefilled && h("span", { class: "small" }, t.prefilled),
    ),
  );
  return h("div", { key: "offered", class: "chips", role: "group", "aria-label": t.suggestions }, chips);
}

const keyboards = { email: "email", phone: "tel", city: "text", text: "text", choice: "text" };

/** @param {ThreadView} thread */
function form(thread) {
  const t = words();
  const asks = thread.flow?.state === "running" ? thread.flow.input : null;
  const field = h("input", {
    class: "field",
    name: "text",
    id: "message",
    autocomplete: "off",
    enterkeyhint: "send",
    inputmode: keyboards[asks ?? "text"],
    placeholder: asks ? t.answerPlaceholder : t.messagePlaceholder,
    "aria-label": t.message,
    dir: "auto",
  });
  const sendPicture = () => void write(thread, { attachment: "image" }, t.picture);
  return h(
    "form",
    {
      key: `form${keyOf(thread)}`,
      class: "write",
      onsubmit: (/** @type {SubmitEvent} */ event) => void send(event, thread),
    },
    h(
      "button",
      { type: "button", class: "icon-button", "aria-label": t.sendPicture, title: t.sendPicture, onclick: sendPicture },
      icon("picture"),
    ),
    field,
    h("button", { type: "submit", class: "icon-button strong", "aria-label": t.send, title: t.send }, icon("send")),
  );
}

/** Empties the field at once, and gives the words back if they were refused. @param {SubmitEvent} event @param {ThreadView} thread */
async function send(event, thread) {
  event.preventDefault();
  const field = document.querySelector("#message");
  if (!(field instanceof HTMLInputElement) || field.value.trim() === "") return;
  const text = field.value;
  field.value = "";
  if (!(await write(thread, { text }, text)) && field.value === "") field.value = text;
}

/** @param {ThreadView} thread */
function tryOut(thread) {
  const t = words();
  const ad = store.state?.ads.find(({ id }) => id === thread.flow?.adId);
  if (!ad || thread.flow === null) return null;
  const isRunning = thread.flow.state === "running";
  const keywords = ad.settings.stopKeywords.map((word) =>
    attempt(word, "stop", t.writeKeyword(word), () => void write(thread, { text: word }, word)),
  );
  // Before the first answer nothing exists for the page, so there is nothing to end.
  const silent =
    thread.flow.answers.length === 0
      ? h("span", { key: "unseen", class: "small" }, t.notSeenYet)
      : attempt("silent", "moon", t.goSilent, () => void goSilent(thread), t.goSilentHint);
  return h(
    "div",
    { key: "try", class: "try", role: "group", "aria-label": t.tryOut },
    h("span", { key: "word", class: "small try-word" }, t.tryOut),
    isRunning ? [silent, ...keywords] : attempt("again", "repeat", t.tapAgain, () => void tapAd(ad)),
  );
}

/**
 * @param {string} key @param {"stop" | "moon" | "repeat"} drawing @param {string} word
 * @param {() => void} onclick @param {string} [title]
 */
function attempt(key, drawing, word, onclick, title) {
  return h("button", { key, type: "button", class: "button quiet", title, onclick }, icon(drawing, 16), word);
}
