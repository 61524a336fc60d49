/** What Meta delivers to Lead Inbox, and the switches that make it go wrong on request. */
import { flush, setDelivery, setFault } from "./acts.js";
import { shortly } from "./clock.js";
import { h } from "./dom.js";
import { store, words } from "./store.js";

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
    tail([...delivery.tail].sort((a, b) => b.id - a.id).slice(0, SHOWN)),
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
      h(
        "span",
        { class: "small" },
        [t.tries(record.attempts), shortly(record.at, Date.now(), store.language)].join(" · "),
      ),
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

/** @param {string} word @param {string} hint @param {boolean} isOn @param {(isOn: boolean) => unknown} set */
function toggle(word, hint, isOn, set) {
  const change = (/** @type {Event} */ event) => {
    if (event.target instanceof HTMLInputElement) set(event.target.checked);
  };
  return h(
    "label",
    { class: "switch", key: word },
    h("span", {}, word, h("span", { class: "small" }, hint)),
    h("input", {
      type: "checkbox",
      role: "switch",
      "data-bound": true,
      checked: isOn,
      onchange: change,
      "aria-label": word,
    }),
  );
}

/** @param {string} id @param {string} word @param {number} value @param {number[]} values @param {(n: number) => string} say @param {(n: number) => unknown} set */
function choice(id, word, value, values, say, set) {
  const offered = values.includes(value) ? values : [...values, value];
  const change = (/** @type {Event} */ event) => {
    if (event.target instanceof HTMLSelectElement) set(Number(event.target.value));
  };
  const options = offered.map((n) => h("option", { value: n, selected: n === value }, say(n)));
  return h(
    "label",
    { class: "choice", key: id },
    h("span", {}, word),
    h("select", { class: "field", "data-bound": true, onchange: change }, options),
  );
}

export function sendingTrouble() {
  const t = words();
  const faults = store.state?.faults;
  const pages = store.state?.pages ?? [];
  const kinds = Object.entries(t.faultKinds).map(([kind, word]) => h("option", { value: kind }, word));
  return h(
    "details",
    { class: "group fold", key: "faults" },
    h("summary", {}, h("h3", {}, t.faults)),
    h("p", { class: "hint" }, t.faultsHint),
    h(
      "form",
      { class: "fault", "aria-label": t.faults, onsubmit: arm },
      h(
        "label",
        { class: "choice" },
        h("span", {}, t.faultKind),
        h("select", { class: "field", id: "fault-kind" }, kinds),
      ),
      h(
        "label",
        { class: "tick" },
        h("input", { type: "checkbox", id: "fault-accepted", checked: true }),
        h("span", {}, t.faultAccepted),
      ),
      h(
        "div",
        { class: "row" },
        h("button", { type: "submit", class: "button strong" }, t.arm),
        h(
          "button",
          {
            type: "button",
            class: "button",
            onclick: () => void setFault({ dropEchoes: (faults?.dropEchoes ?? 0) + 1 }),
          },
          t.dropEcho,
        ),
      ),
    ),
    pages.map((page) =>
      toggle(t.revokeToken(page.name), "", faults?.revokedPageIds.includes(page.id) !== true, (isValid) =>
        setFault(isValid ? { restoreToken: page.id } : { revokeToken: page.id }),
      ),
    ),
    armed(),
  );
}

/** @param {SubmitEvent} event */
function arm(event) {
  event.preventDefault();
  const kind = document.querySelector("#fault-kind");
  const accepted = document.querySelector("#fault-accepted");
  if (!(kind instanceof HTMLSelectElement) || !(accepted instanceof HTMLInputElement)) return;
  const code = /^throttle(\d+)$/.exec(kind.value)?.[1];
  void setFault(
    code ? { throttle: Number(code), times: 1 } : { unclear: kind.value, times: 1, accepted: accepted.checked },
  );
}

function armed() {
  const t = words();
  const faults = store.state?.faults;
  if (!faults) return null;
  const kinds = t.faultKinds;
  const lines = [
    ...faults.sends.map((fault) =>
      fault.kind === "unclear"
        ? `${t.armedUnclear(kinds[fault.how], fault.times)} (${fault.isAccepted ? t.armedAccepted : t.armedRefused})`
        : t.armedUnclear(fault.code === 4 ? kinds.throttle4 : kinds.throttle613, fault.times),
    ),
    ...(faults.dropEchoes > 0 ? [t.armedEchoes(faults.dropEchoes)] : []),
    ...faults.revokedPageIds.map((id) => t.armedToken(store.state?.pages.find((page) => page.id === id)?.name ?? id)),
  ];
  if (lines.length === 0) return h("p", { key: "nothing", class: "hint", role: "status" }, t.armedNone);
  return h(
    "div",
    { key: "armed", class: "armed", role: "status" },
    h(
      "ul",
      {},
      lines.map((line) => h("li", {}, line)),
    ),
    h("button", { type: "button", class: "button", onclick: () => void setFault({ clear: true }) }, t.clearFaults),
  );
}
