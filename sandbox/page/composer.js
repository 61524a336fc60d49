/** What the customer can write now: offered answers, free text, a picture; below it the ways a flow can end. */
import { goSilent, tapAd, write } from "./acts.js";
import { h } from "./dom.js";
import { block, edit } from "./gestures.js";
import { icon } from "./icons.js";
import { keyOf, store, words } from "./store.js";
import { trayOn } from "./tray.js";
import { aim, aimOf, noteOf, openTray, trayOf } from "./tray-state.js";

/** @typedef {import("../world.ts").ThreadView} ThreadView */

/** @param {ThreadView} thread @param {boolean} isSending */
export function composer(thread, isSending) {
  const t = words().phone;
  if (thread.isDeleted) return h("footer", { class: "composer" }, h("p", { class: "hint" }, t.gone));
  if (thread.hasBlocked) {
    return h(
      "footer",
      { class: "composer" },
      h("p", { class: "hint" }, t.blocked),
      h("button", { type: "button", class: "button", onclick: () => void block(thread, false) }, t.unblock),
    );
  }
  const tray = trayOf(thread);
  const noted = noteOf(thread);
  if (tray !== null) return h("footer", { class: "composer" }, trayOn(thread, tray));
  return h(
    "footer",
    { class: "composer" },
    !isSending && offered(thread),
    aimed(thread),
    noted !== null && h("p", { key: "noted", class: "small noted", role: "status" }, noted),
    form(thread),
    tryOut(thread),
  );
}

/** What the next message answers or changes. @param {ThreadView} thread */
function aimed(thread) {
  const t = words().phone;
  const target = aimOf(thread);
  const message = thread.messages.find(({ mid }) => mid === target?.mid);
  if (target === null || !message) return null;
  return h(
    "div",
    { key: "aimed", class: "aimed", role: "status" },
    h(
      "p",
      { dir: "auto" },
      h("strong", {}, target.kind === "edit" ? t.editing : t.replyingTo),
      target.kind === "reply" && h("span", { class: "small" }, message.text ?? words().picture),
    ),
    h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": t.cancel,
        title: t.cancel,
        onclick: () => stopAiming(thread),
      },
      icon("close", 18),
    ),
  );
}

/** @param {ThreadView} thread */
function stopAiming(thread) {
  const field = document.querySelector("#message");
  if (aimOf(thread)?.kind === "edit" && field instanceof HTMLInputElement) field.value = "";
  aim(thread, null);
}

/** @param {ThreadView} thread */
function offered(thread) {
  const t = words();
  const isAsked = thread.flow?.state === "running" || thread.messages.at(-1)?.from !== "leadgen";
  if (thread.quickReplies.length === 0 || !isAsked) return null;
  const hasPrefilled = thread.flow?.state === "running" && thread.flow.suggestion !== null;
  const asked = thread.messages.at(-1)?.mid ?? "";
  const chips = thread.quickReplies.map(({ title }, choice) => {
    // Behind the person's own data there may stand a button to skip.
    const isPrefilled = hasPrefilled && choice === 0;
    return h(
      "button",
      { key: `${asked}${choice}`, type: "button", class: "chip", onclick: () => void write(thread, { choice }, title) },
      isPrefilled && icon("person", 16),
      h("span", { dir: "auto" }, title),
      isPrefilled && h("span", { class: "small" }, t.prefilled),
    );
  });
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
  return h(
    "form",
    {
      key: `form${keyOf(thread)}`,
      class: "write",
      onsubmit: (/** @type {SubmitEvent} */ event) => void send(event, thread),
    },
    h(
      "button",
      {
        type: "button",
        id: "attach",
        class: "icon-button",
        "aria-label": t.phone.attach,
        title: t.phone.attach,
        onclick: () => openTray(thread, "attach"),
      },
      icon("plus"),
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
  const target = aimOf(thread);
  if (target !== null) aim(thread, null);
  const isWritten =
    target?.kind === "edit"
      ? await edit(thread, target.mid, text)
      : await write(thread, { text, ...(target === null ? {} : { replyToMid: target.mid }) }, text);
  if (!isWritten && field.value === "") field.value = text;
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
