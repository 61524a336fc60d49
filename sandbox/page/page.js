/** The people's page of the sandbox: feed, phone and what happens behind the scenes, redrawn from what is known. */
import { read } from "./acts.js";
import { behind } from "./behind.js";
import { listen } from "./client.js";
import { h, show } from "./dom.js";
import { drawEditor } from "./editor.js";
import { feed } from "./feed.js";
import { drawForm } from "./forms.js";
import { icon } from "./icons.js";
import { drawPeople } from "./people.js";
import { phone } from "./phone.js";
import { announce, keepScroll, placeFocus } from "./presence.js";
import { forgetFailure, goTo, hear, keyOf, myThreads, onChange, readState, store, threadOf, words } from "./store.js";
import { head } from "./top.js";
import { watchPresses, watchTray } from "./tray-state.js";
import { coach } from "./try.js";
import { unusualNotice } from "./wrongs.js";

const root = /** @type {HTMLElement} */ (document.querySelector("#page"));

function draw() {
  const t = words();
  document.documentElement.lang = store.language;
  document.title = t.title;
  document.body.dataset.pane = store.place.pane;
  document.body.dataset.behind = store.isBehindOpen ? "open" : "closed";
  const settle = keepScroll();
  show(root, skip(), head(), notices(), h("main", { class: "panes", key: "panes" }, feed(), phone(), behind()), tabs());
  if (isOpen("#people")) drawPeople();
  if (isOpen("#editor")) drawEditor();
  if (isOpen("#form")) drawForm();
  settle();
  placeFocus();
  announce();
  readOpenChat();
}

/** @param {string} dialog */
function isOpen(dialog) {
  return document.querySelector(dialog)?.hasAttribute("open") === true;
}

function skip() {
  const jump = () => {
    if (document.querySelector("#log, #chats-title") instanceof HTMLElement)
      /** @type {HTMLElement} */ (document.querySelector("#log, #chats-title")).focus();
  };
  return h("button", { type: "button", class: "skip", onclick: jump }, words().skip);
}

function notices() {
  const t = words();
  return h(
    "div",
    { class: "notices", key: "notices" },
    coach(),
    unusualNotice(),
    store.isLineLost && h("p", { class: "notice", key: "line", role: "status" }, t.lineLost),
    store.failure !== null &&
      h(
        "div",
        { class: "notice is-bad", key: "failure", role: "alert" },
        h("p", {}, store.failure),
        h(
          "button",
          { type: "button", class: "icon-button", "aria-label": t.dismiss, title: t.dismiss, onclick: forgetFailure },
          icon("close", 18),
        ),
      ),
  );
}

function tabs() {
  const t = words();
  const unread = myThreads().reduce((sum, thread) => sum + thread.unread, 0);
  const chats = store.chat ? `#chat/${store.chat.pageId}/${store.chat.psid}` : "#chats";
  const tab = (
    /** @type {string} */ pane,
    /** @type {string} */ href,
    /** @type {"feed" | "chat" | "gears"} */ drawing,
    /** @type {string} */ word,
    /** @type {number} */ count = 0,
  ) =>
    h(
      "a",
      { href, class: "tab", "aria-current": store.place.pane === pane ? "page" : null },
      icon(drawing, 22),
      h("span", {}, word),
      count > 0 &&
        h(
          "span",
          { class: "badge" },
          h("span", { "aria-hidden": "true" }, count),
          h("span", { class: "unseen" }, t.unread(count)),
        ),
    );
  return h(
    "nav",
    { class: "tabs", key: "tabs", "aria-label": t.panes },
    tab("ads", "#ads", "feed", t.paneAds),
    tab("chats", chats, "chat", t.paneChats, unread),
    tab("behind", "#behind", "gears", t.paneBehind),
  );
}

/** @type {Map<string, string>} */
const seen = new Map();

/** An open chat on a visible screen is a chat being read; one receipt for each new state of it. */
function readOpenChat() {
  const thread = threadOf(store.chat);
  const log = document.querySelector("#log");
  if (!thread || thread.unread === 0 || document.hidden || !log || log.getClientRects().length === 0) return;
  const mark = `${thread.unread} ${thread.messages.at(-1)?.mid}`;
  if (seen.get(keyOf(thread)) === mark) return;
  seen.set(keyOf(thread), mark);
  read(thread);
}

onChange(draw);
watchTray();
watchPresses();
draw();
addEventListener("hashchange", goTo);
document.addEventListener("visibilitychange", readOpenChat);
listen({
  onEvent: hear,
  onOpen: () => void readState(),
  onLost: () => {
    store.isLineLost = true;
    draw();
  },
});
void readState();
