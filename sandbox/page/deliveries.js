/** What Meta delivers to Lead Inbox: how much waits, and each call as it went. */
import { flush } from "./acts.js";
import { h } from "./dom.js";
import { log } from "./log.js";
import { store, words } from "./store.js";

/** @returns {import("./dom.js").Child[]} */
export function deliveries() {
  const t = words();
  const delivery = store.state?.delivery ?? null;
  if (delivery === null) return [h("p", { class: "hint", key: "wait" }, t.loading)];
  return [
    h(
      "section",
      { class: "group", key: "deliveries", "aria-label": t.deliveries },
      h(
        "dl",
        { class: "counts" },
        count(t.queued, delivery.queued),
        count(t.inFlight, delivery.inFlight),
        count(t.deliveredCount, delivery.delivered),
        count(t.failedTries, delivery.failedAttempts),
        count(t.backstage.lostCount, delivery.lost),
      ),
      delivery.settings.hold &&
        delivery.queued > 0 &&
        h("button", { key: "flush", type: "button", class: "button", onclick: () => void flush() }, t.flush),
    ),
    log(),
  ];
}

/** @param {string} word @param {number} n */
function count(word, n) {
  return h("div", { key: word }, h("dt", {}, word), h("dd", {}, n));
}
