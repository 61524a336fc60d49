/** Trouble on request: everything that can go wrong between Meta and Lead Inbox. */

import { attempt, setDelivery, setFault } from "./acts.js";
import { tell } from "./client.js";
import { h } from "./dom.js";
import { readState, store, words } from "./store.js";
import { choice, deed, push, toggle } from "./switches.js";
import { access } from "./trouble-access.js";
import { lostTime } from "./trouble-lost.js";
import { sending } from "./trouble-sending.js";
import { subscriptions } from "./trouble-subscriptions.js";
import { saying, troubled } from "./troubled.js";

const HOUR = 60 * 60 * 1000;

export function trouble() {
  const t = words().trouble;
  const { state } = store;
  if (state === null) return h("p", { key: "trouble", class: "hint" }, words().loading);
  return h(
    "div",
    { key: "trouble", class: "troubles" },
    h("p", { class: "hint" }, t.hint),
    choice(
      "trouble-page",
      t.page,
      troubled().id,
      state.pages.map(({ id }) => id),
      (id) => state.pages.find((page) => page.id === id)?.name ?? id,
      choosePage,
    ),
    group("deliveries", true, deliveries()),
    group("sending", false, sending()),
    group("access", false, access()),
    group("subscriptions", false, subscriptions()),
    group("lost", false, lostTime()),
  );
}

/** @param {string} id */
function choosePage(id) {
  store.troublePageId = id;
  void readState();
}

/** @param {keyof import("./texts-trouble.js").trouble.en.groups} name @param {boolean} isOpen @param {import("./dom.js").Child[]} rows */
function group(name, isOpen, rows) {
  return h(
    "details",
    { key: name, class: "group fold", open: isOpen },
    h("summary", {}, h("h3", {}, words().trouble.groups[name])),
    h("div", { class: "rows" }, rows),
  );
}

/** @returns {import("./dom.js").Child[]} */
function deliveries() {
  const t = words();
  const { trouble: w } = t;
  const { state } = store;
  if (!state) return [];
  const { settings } = state.delivery;
  const { drop, delayMs } = state.faults;
  const outOf = { off: w.off };
  return [
    toggle(w.hold.word, saying(w.hold), settings.hold, (hold) => setDelivery({ hold })),
    toggle(w.down.word, saying(w.down), settings.down, (down) => setDelivery({ down })),
    deed("hour", w.hour.word, saying(w.hour), push(w.hour.act, failForAnHour)),
    toggle(w.drop.word, saying(w.drop), drop, (isOn) => setFault({ drop: isOn })),
    choice(
      "late",
      w.late.word,
      delayMs,
      [0, 5000, 30_000, 300_000],
      (ms) => (ms === 0 ? outOf.off : w.late.unit(ms / 1000)),
      (ms) => setFault({ delayMs: ms }),
      saying(w.late),
    ),
    choice(
      "repeat",
      w.repeat.word,
      settings.repeat,
      [0, 1, 2, 3],
      (n) => (n === 0 ? t.repeatNever : t.repeatTimes(n)),
      (repeat) => setDelivery({ repeat }),
      saying(w.repeat),
    ),
    toggle(w.shuffle.word, saying(w.shuffle), settings.shuffle, (shuffle) => setDelivery({ shuffle })),
    choice(
      "batch",
      w.batch.word,
      settings.batch,
      [1, 5, 50, 1000],
      t.batchUpTo,
      (batch) => setDelivery({ batch }),
      saying(w.batch),
    ),
  ];
}

/** The hour is over at the next failure, which has happened by then. */
function failForAnHour() {
  return attempt(async () => {
    await tell("/delivery", { down: true });
    await tell("/delivery", { downSince: Date.now() - HOUR - 1000 });
    await readState();
  });
}
