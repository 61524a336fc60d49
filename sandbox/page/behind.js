/** Behind the scenes: who may write, the page's other hands, and what Meta delivers. */
import { actAs, seedSome, startOver } from "./acts.js";
import { shortly } from "./clock.js";
import { deliveries } from "./deliveries.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { locale, openBehind, store, threadOf, words } from "./store.js";
import { sendingTrouble } from "./trouble.js";

/** @typedef {import("../world.ts").ThreadView} ThreadView */

export function behind() {
  const t = words();
  const thread = threadOf(store.chat);
  return h(
    "section",
    { key: "behind", class: "pane behind", id: "behind", "aria-labelledby": "behind-title" },
    h(
      "header",
      { class: "pane-head" },
      h(
        "div",
        { class: "behind-title" },
        h("h2", { id: "behind-title", tabindex: -1 }, t.behind),
        h(
          "button",
          {
            type: "button",
            class: "icon-button wide-only",
            "aria-label": t.close,
            title: t.close,
            onclick: () => openBehind(false),
          },
          icon("close"),
        ),
      ),
      h("p", { class: "hint" }, t.behindHint),
    ),
    h(
      "section",
      { class: "group", "aria-labelledby": "this-chat" },
      h("h3", { id: "this-chat" }, t.thisChat),
      thread ? holder(thread) : h("p", { class: "hint", key: "none" }, t.noChatChosen),
      thread && hands(thread),
    ),
    deliveries(),
    sendingTrouble(),
    world(),
  );
}

/** @param {ThreadView} thread */
function holder({ control, windowEndsAt, pageName, name }) {
  const t = words();
  const say = (/** @type {number} */ at) => shortly(at, Date.now(), locale());
  const terms = [
    control.since !== null && t.since(say(control.since)),
    control.until !== null && t.until(say(control.until)),
  ]
    .filter(Boolean)
    .join(" · ");
  return h(
    "dl",
    { class: "facts", key: "holder" },
    h("div", {}, h("dt", {}, t.name), h("dd", {}, `${name} · ${pageName}`)),
    h(
      "div",
      {},
      h("dt", {}, t.holder),
      h(
        "dd",
        { "aria-live": "polite" },
        h("span", { class: "holder", "data-holder": control.name }, t.holders[control.name]),
        terms !== "" && h("span", { class: "small" }, terms),
      ),
    ),
    h("div", {}, h("dt", {}, t.replyWindow), h("dd", {}, windowWords(windowEndsAt, say))),
  );
}

/** @param {number | null} endsAt @param {(at: number) => string} say */
function windowWords(endsAt, say) {
  const t = words();
  if (endsAt === null) return t.windowNever;
  return endsAt > Date.now() ? t.windowOpen(say(endsAt)) : t.windowClosed;
}

/** @param {ThreadView} thread */
function hands(thread) {
  const t = words();
  const { requestedBy } = thread.control;
  const asker = requestedBy === store.state?.apps.ours ? t.holders.ours : t.holders.other_app;
  return h(
    "div",
    { key: "hands", class: "hands" },
    requestedBy !== null &&
      h(
        "p",
        { key: "asked", class: "asked", role: "status" },
        t.requested(asker),
        h("button", { type: "button", class: "button", onclick: () => void actAs("inbox", thread, "grant") }, t.grant),
      ),
    h("h4", { key: "inbox-title", id: "inbox-title" }, t.pageInbox),
    h("p", { key: "inbox-hint", class: "hint" }, t.pageInboxHint),
    replyForm("inbox", thread),
    h("details", { key: "other", class: "fold" }, h("summary", {}, t.otherApp), replyForm("other-app", thread)),
  );
}

/** @param {"inbox" | "other-app"} who @param {ThreadView} thread */
function replyForm(who, thread) {
  const t = words();
  const id = `reply-${who}`;
  const reply = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const field = document.querySelector(`#${id}`);
    if (!(field instanceof HTMLTextAreaElement) || field.value.trim() === "") return;
    const text = field.value;
    field.value = "";
    if (!(await actAs(who, thread, "reply", text)) && field.value === "") field.value = text;
  };
  const hasIt = thread.control.name === (who === "inbox" ? "page_inbox" : "other_app");
  return h(
    "form",
    {
      key: `${id}${thread.psid}`,
      class: "reply",
      "aria-label": who === "inbox" ? t.pageInbox : t.otherApp,
      onsubmit: reply,
    },
    h("textarea", { class: "field", id, rows: 2, placeholder: t.replyPlaceholder, "aria-label": t.replyPlaceholder }),
    h(
      "div",
      { class: "row" },
      h("button", { type: "submit", class: "button strong" }, t.reply),
      h(
        "button",
        { type: "button", class: "button", disabled: hasIt, onclick: () => void actAs(who, thread, "take") },
        t.takeOver,
      ),
      h(
        "button",
        { type: "button", class: "button", disabled: !hasIt, onclick: () => void actAs(who, thread, "pass") },
        t.giveBack,
      ),
    ),
  );
}

function world() {
  const t = words();
  const { state } = store;
  return h(
    "details",
    { class: "group fold" },
    h("summary", {}, h("h3", {}, t.world)),
    state && h("p", { class: "hint" }, t.worldFacts(state.threadCount)),
    h(
      "div",
      { class: "row" },
      h("button", { type: "button", class: "button", onclick: () => void seedSome() }, t.seedSome),
      h("button", { type: "button", class: "button danger", onclick: askReset }, t.reset),
    ),
    h(
      "dialog",
      { id: "reset", class: "ask", "aria-labelledby": "reset-ask" },
      h("p", { id: "reset-ask" }, t.resetAsk),
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", class: "button", onclick: closeReset }, t.cancel),
        h("button", { type: "button", class: "button danger", onclick: reset }, t.resetYes),
      ),
    ),
  );
}

function resetDialog() {
  return /** @type {HTMLDialogElement | null} */ (document.querySelector("#reset"));
}

function askReset() {
  resetDialog()?.showModal();
}

function closeReset() {
  resetDialog()?.close();
}

function reset() {
  closeReset();
  void startOver();
}
