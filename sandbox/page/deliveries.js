/** What Meta delivers to Lead Inbox, and the switches that make it go wrong on request. */
import { flush, setDelivery } from "./acts.js";
import { shortly } from "./clock.js";
import { h } from "./dom.js";
import { locale, store, words } from "./store.js";
import { choice, toggle } from "./switches.js";

/** @typedef {import("../world.ts").DeliveryRecord} DeliveryRecord */
/** @typedef {import("../world.ts").DeliverySettings} DeliverySettings */

const SHOWN = 30;
const EVENTS_SHOWN = 4;

export function deliveries() {
  const t = words();
  const delivery = store.state?.delivery ?? null;
  if (delivery === null)
    return h(
      "section",
      { class: "group", key: "deliveries" },
      h("h3", {}, t.deliveries),
      h("p", { class: "hint" }, t.loading),
    );
  const { settings } = delivery;
  return h(
    "section",
    { class: "group", key: "deliveries", "aria-labelledby": "deliveries-title" },
    h("h3", { id: "deliveries-title" }, t.deliveries),
    h(
      "dl",
      { class: "counts" },
      count(t.queued, delivery.queued),
      count(t.inFlight, delivery.inFlight),
      count(t.deliveredCount, delivery.delivered),
      count(t.failedTries, delivery.failedAttempts),
    ),
    toggle(t.hold, t.holdHint, settings.hold, (hold) => setDelivery({ hold })),
    delivery.queued > 0 &&
      h("button", { key: "flush", type: "button", class: "button", onclick: () => void flush() }, t.flush),
    tail([...delivery.tail].sort((a, b) => b.id - a.id).slice(0, SHOWN)),
    toggle(t.down, t.downHint, settings.down, (down) => setDelivery({ down })),
    toggle(t.shuffle, t.shuffleHint, settings.shuffle, (shuffle) => setDelivery({ shuffle })),
    choice(
      "repeat",
      t.repeat,
      settings.repeat,
      [0, 1, 2, 3],
      (n) => (n === 0 ? t.repeatNever : t.repeatTimes(n)),
      (repeat) => setDelivery({ repeat }),
    ),
    choice("batch", t.batch, settings.batch, [1, 5, 50, 1000], t.batchUpTo, (batch) => setDelivery({ batch })),
  );
}

/** @param {string} word @param {number} n */
function count(word, n) {
  return h("div", {}, h("dt", {}, word), h("dd", {}, n));
}

/** @param {DeliveryRecord[]} records */
function tail(records) {
  const t = words();
  if (records.length === 0) return h("p", { class: "hint", key: "none" }, t.noDeliveries);
  return h(
    "div",
    { key: "tail" },
    h("p", { class: "hint" }, t.deliveriesHint),
    h("ol", { class: "tail", tabindex: 0, "aria-label": t.deliveries }, records.map(line)),
  );
}

/** @param {DeliveryRecord} record */
function line(record) {
  const t = words();
  const isWaiting = record.attempts === 0;
  const state = record.isAccepted ? "good" : isWaiting ? "waiting" : "bad";
  const word = record.isAccepted ? t.accepted : isWaiting ? t.pending : record.status === null ? t.noAnswer : t.refused;
  const extra = record.events.length - EVENTS_SHOWN;
  return h(
    "li",
    { key: record.id },
    h(
      "p",
      { class: "tail-head" },
      h("span", { class: "status", "data-state": state }, record.status === null ? word : `${record.status} ${word}`),
      h("span", { class: "small" }, [t.tries(record.attempts), shortly(record.at, Date.now(), locale())].join(" · ")),
    ),
    h(
      "ul",
      { class: "events" },
      record.events
        .slice(0, EVENTS_SHOWN)
        .map(({ what, channel }) =>
          h("li", {}, what, channel === "messaging" ? null : h("span", { class: "tag" }, channel)),
        ),
      extra > 0 && h("li", { class: "small" }, t.more(extra)),
    ),
  );
}
