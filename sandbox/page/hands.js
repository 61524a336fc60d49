/** This chat behind the scenes: who may write and until when, and the two others who may act in it. */
import { actAs, expireControl } from "./acts.js";
import { shortly } from "./clock.js";
import { h } from "./dom.js";
import { labels } from "./labels.js";
import { locale, store, threadOf, words } from "./store.js";

/** @typedef {import("../world-views.ts").ThreadView} ThreadView */

export function chatTab() {
  const t = words();
  const thread = threadOf(store.chat);
  return h(
    "section",
    { key: "chat-tab", class: "group", "aria-labelledby": "this-chat" },
    h("h3", { id: "this-chat" }, t.thisChat),
    thread ? holder(thread) : h("p", { class: "hint", key: "none" }, t.noChatChosen),
    thread && hands(thread),
    thread && labels(thread),
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
    thread.control.until !== null &&
      h(
        "button",
        {
          key: "expire",
          type: "button",
          class: "button quiet bordered",
          title: t.backstage.expireHint,
          onclick: () => void expireControl(thread),
        },
        t.backstage.expire,
      ),
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
      who === "other-app" &&
        h(
          "button",
          {
            key: "ask",
            type: "button",
            class: "button",
            disabled: hasIt,
            onclick: () => void actAs(who, thread, "request"),
          },
          t.backstage.request,
        ),
      h(
        "button",
        {
          key: "free",
          type: "button",
          class: "button",
          disabled: !hasIt,
          onclick: () => void actAs(who, thread, "release"),
        },
        t.backstage.release,
      ),
    ),
  );
}
