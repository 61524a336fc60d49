/** The tray: what can be attached, done with a message, or done about the page. */
import { write } from "./acts.js";
import { h } from "./dom.js";
import { block, chooseUpdates, comeBack, erase, rate, react, tapButton, unsend } from "./gestures.js";
import { icon } from "./icons.js";
import { store, words } from "./store.js";
import { aim, closeTray, openTray } from "./tray-state.js";

/** @typedef {import("../world-views.ts").ThreadView} ThreadView */
/** @typedef {import("./tray-state.js").Tray} Tray */

/** What stands before each way of attaching. */
const pictures = /** @type {const} */ ({
  image: "picture",
  video: "video",
  audio: "audio",
  file: "file",
  sticker: "smile",
  location: "place",
});
const emojis = ["❤️", "😆", "😮", "😢", "😠", "👍"];

/** @param {ThreadView} thread @param {Tray} tray */
export function trayOn(thread, tray) {
  const t = words().phone;
  const titles = {
    attach: t.attach,
    message: t.ofMessage,
    more: t.more,
    link: t.link,
    feedback: t.feedback,
    erase: t.erase,
  };
  return h(
    "div",
    { key: `tray-${tray.kind}`, id: "tray", class: "tray", role: "group", "aria-label": titles[tray.kind] },
    h(
      "div",
      { class: "tray-head" },
      h("strong", {}, titles[tray.kind]),
      h(
        "button",
        { type: "button", class: "icon-button", "aria-label": words().close, title: words().close, onclick: closeTray },
        icon("close", 18),
      ),
    ),
    ...contents[tray.kind](thread, tray.mid ?? ""),
  );
}

/** @type {Record<import("./tray-state.js").TrayKind, (thread: ThreadView, mid: string) => import("./dom.js").Child[]>} */
const contents = {
  attach(thread) {
    const { kinds } = words().phone;
    const attach = (/** @type {keyof typeof kinds} */ kind) => {
      closeTray();
      void write(thread, { attachment: kind }, kinds[kind]);
    };
    const offered = /** @type {(keyof typeof kinds)[]} */ (Object.keys(kinds));
    return [
      h(
        "div",
        { class: "tiles" },
        offered.map((kind) =>
          h(
            "button",
            { key: kind, type: "button", class: "tile", onclick: () => attach(kind) },
            icon(pictures[kind], 24),
            kinds[kind],
          ),
        ),
      ),
    ];
  },

  message(thread, mid) {
    const t = words().phone;
    const message = thread.messages.find((one) => one.mid === mid);
    if (!message) return [];
    const isOwnText = message.from === "person" && message.text !== null;
    return [
      h(
        "div",
        { class: "emojis" },
        emojis.map((emoji) =>
          h(
            "button",
            {
              key: emoji,
              type: "button",
              class: "emoji",
              "aria-label": t.react(emoji),
              "aria-pressed": String(message.reaction === emoji),
              onclick: () => void react(thread, mid, message.reaction === emoji ? null : emoji),
            },
            emoji,
          ),
        ),
      ),
      message.reaction !== null && item("back", t.takeBack, () => react(thread, mid, null)),
      item("reply", t.reply, () => aim(thread, "reply", mid)),
      isOwnText && item("edit", t.edit, () => aim(thread, "edit", mid, message.text ?? "")),
      message.from === "person" && item("unsend", t.unsend, () => unsend(thread, mid)),
    ];
  },

  more(thread) {
    const t = words().phone;
    const others = store.state?.ads.filter(({ pageId }) => pageId === thread.pageId) ?? [];
    return [
      updates(thread),
      item("feedback", t.feedback, () => openTray(thread, "feedback")),
      item("link", t.link, () => openTray(thread, "link")),
      ...others.map(({ id, title }) => item(id, t.otherAd(title), () => comeBack(thread, { adId: id }))),
      item("button", t.button, () => tapButton(thread, t.buttonTitle)),
      item("block", t.block, () => block(thread, true)),
      item("erase", t.erase, () => openTray(thread, "erase")),
    ];
  },

  link(thread) {
    const t = words().phone;
    const open = (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const field = document.querySelector("#link-ref");
      if (field instanceof HTMLInputElement) void comeBack(thread, { ref: field.value.trim() || "newsletter" });
    };
    return [
      h(
        "form",
        { class: "tray-form", onsubmit: open },
        h("label", { for: "link-ref" }, t.ref, h("span", { class: "small" }, t.linkHint)),
        h("input", { class: "field", id: "link-ref", value: "newsletter", autocomplete: "off", maxlength: 200 }),
        h("button", { type: "submit", class: "button strong" }, t.openLink),
      ),
    ];
  },

  feedback(thread) {
    const t = words().phone;
    const send = (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      if (!(event.target instanceof HTMLFormElement)) return;
      const given = new FormData(event.target);
      void rate(thread, Number(given.get("score")), String(given.get("words") ?? "").trim());
    };
    return [
      h(
        "form",
        { class: "tray-form", onsubmit: send },
        h("label", { for: "score" }, t.score),
        h(
          "select",
          { class: "field", id: "score", name: "score" },
          [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((n) => h("option", { value: n }, n)),
        ),
        h("label", { for: "feedback-words" }, t.words),
        h("input", { class: "field", id: "feedback-words", name: "words", autocomplete: "off", maxlength: 400 }),
        h("button", { type: "submit", class: "button strong" }, t.sendFeedback),
      ),
    ];
  },

  erase(thread) {
    const t = words().phone;
    return [
      h("p", { class: "small" }, t.eraseAsk),
      h("button", { type: "button", class: "button danger", onclick: () => void erase(thread) }, t.eraseYes),
    ];
  },
};

/** @param {ThreadView} thread */
function updates(thread) {
  const t = words().phone;
  const known = thread.optIns.at(-1);
  if (known === undefined) return item("updates", t.updates, () => chooseUpdates(thread, t.topic, "opt_in"));
  return known.isStopped
    ? item("updates", t.resumeUpdates, () => chooseUpdates(thread, known.topic, "resume"))
    : item("updates", t.stopUpdates, () => chooseUpdates(thread, known.topic, "stop"));
}

/** @param {string} key @param {string} word @param {() => unknown} act */
function item(key, word, act) {
  return h("button", { key, type: "button", class: "tray-item", onclick: () => void act() }, word);
}
