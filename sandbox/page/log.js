/** The delivery log: what went, with which signature, what the answer was, how long it took, and what never went. */
import { look } from "./client.js";
import { shortly } from "./clock.js";
import { h } from "./dom.js";
import { readable } from "./readable.js";
import { changed, locale, lose, store, words } from "./store.js";

/** @typedef {import("../world.ts").DeliveryRecord} DeliveryRecord */

const SHOWN = 30;
const EVENTS_SHOWN = 4;
/** Bodies that were opened. @type {Map<number, string | null>} */
const bodies = new Map();

export function log() {
  const t = words();
  const records = [...(store.state?.delivery.tail ?? [])].sort((a, b) => b.id - a.id).slice(0, SHOWN);
  return h(
    "section",
    { key: "log", class: "group", "aria-labelledby": "log-title" },
    h("h3", { id: "log-title" }, t.backstage.log),
    records.length === 0
      ? h("p", { class: "hint", key: "none" }, t.noDeliveries)
      : h("p", { class: "hint", key: "hint" }, t.backstage.logHint),
    records.length > 0 && h("ol", { key: "tail", class: "tail", "aria-label": t.deliveries }, records.map(line)),
  );
}

/** @param {DeliveryRecord} record */
function line(record) {
  const t = words();
  const { word, state } = fateOf(record);
  const extra = record.events.length - EVENTS_SHOWN;
  const at = shortly(record.at, Date.now(), locale());
  const details = record.missed
    ? [at]
    : [t.tries(record.attempts), record.tookMs === undefined ? null : t.backstage.took(record.tookMs), at];
  return h(
    "li",
    { key: record.id, "data-missed": record.missed },
    h(
      "details",
      { ontoggle: (/** @type {Event} */ event) => needBody(event, record.id) },
      h(
        "summary",
        {},
        h(
          "span",
          { class: "tail-head" },
          h(
            "span",
            { class: "status", "data-state": state },
            record.status === null ? word : `${record.status} ${word}`,
          ),
          h("span", { class: "small" }, details.filter((detail) => detail !== null).join(" · ")),
        ),
        h(
          "span",
          { class: "events" },
          record.events
            .slice(0, EVENTS_SHOWN)
            .map(({ what, channel }) =>
              h("span", {}, what, channel === "messaging" ? null : h("span", { class: "tag" }, channel)),
            ),
          extra > 0 && h("span", { class: "small" }, t.more(extra)),
        ),
      ),
      inside(record),
    ),
  );
}

/** @param {DeliveryRecord} record @returns {{ word: string, state: "good" | "waiting" | "bad" }} */
function fateOf({ missed, isAccepted, attempts, status }) {
  const t = words();
  if (missed) return { word: missed === "lost" ? t.backstage.lost : t.backstage.unwanted, state: "bad" };
  if (isAccepted) return { word: t.accepted, state: "good" };
  if (attempts === 0) return { word: t.pending, state: "waiting" };
  return { word: status === null ? t.noAnswer : t.refused, state: "bad" };
}

/** @param {DeliveryRecord} record */
function inside(record) {
  const t = words().backstage;
  if (record.missed) return h("p", { class: "small" }, t.neverSent);
  const body = bodies.get(record.id);
  return h(
    "dl",
    { class: "letter" },
    h("dt", {}, t.signature),
    h("dd", {}, h("code", {}, record.signature ?? "–")),
    h("dt", {}, t.body, " · ", t.bytes(record.bytes)),
    h(
      "dd",
      {},
      body === undefined
        ? words().loading
        : body === null
          ? t.noBody
          : h("pre", { tabindex: 0, "aria-label": t.body }, readable(body)),
    ),
  );
}

/** @param {Event} event @param {number} id */
function needBody(event, id) {
  if (!(event.target instanceof HTMLDetailsElement) || !event.target.open || bodies.has(id)) return;
  look("/deliveries?limit=200").then(({ deliveries }) => {
    for (const record of deliveries) if (record.body) bodies.set(record.id, record.body);
    if (!bodies.has(id)) bodies.set(id, null);
    changed();
  }, lose);
}
