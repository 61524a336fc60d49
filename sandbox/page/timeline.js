/** A chat in order: days, the ads tapped, bubbles, and how the questions ended. */
import { isSameDay } from "./clock.js";

/** @typedef {import("../world.ts").ThreadView} ThreadView */
/** @typedef {import("../world.ts").Flow} Flow */
/** @typedef {import("../world.ts").Message} Message */
/** @typedef {{ kind: "ad", key: string, at: number, adId: string }} AdEntry */
/** @typedef {{ kind: "end", key: string, at: number, ending: import("../world.ts").Ending | null }} EndEntry */
/** @typedef {{ kind: "message", key: string, at: number, message: Message, isFirst: boolean, isLast: boolean }} MessageEntry */
/** @typedef {{ kind: "day", key: string, at: number }} DayEntry */
/** @typedef {AdEntry | EndEntry | MessageEntry | DayEntry} Entry */

const GAP = 10 * 60 * 1000;
const order = { day: 0, ad: 1, message: 2, end: 3 };

/** @param {ThreadView} thread @returns {Entry[]} */
export function timeline(thread) {
  const flows = [...thread.pastFlows];
  const current = thread.flow;
  if (current && !flows.some(({ startedAt }) => startedAt === current.startedAt)) flows.push(current);

  /** @type {Entry[]} */
  const entries = [
    ...flows.map(
      (flow) =>
        /** @type {AdEntry} */ ({ kind: "ad", key: `ad${flow.startedAt}`, at: flow.startedAt, adId: flow.adId }),
    ),
    ...flows.flatMap((flow) =>
      flow.endedAt === null
        ? []
        : [
            /** @type {EndEntry} */ ({
              kind: "end",
              key: `end${flow.startedAt}`,
              at: flow.endedAt,
              ending: flow.ending,
            }),
          ],
    ),
    ...thread.messages.map(
      (message) =>
        /** @type {MessageEntry} */ ({
          kind: "message",
          key: message.mid,
          at: message.at,
          message,
          isFirst: true,
          isLast: true,
        }),
    ),
  ];
  entries.sort((a, b) => a.at - b.at || order[a.kind] - order[b.kind]);
  return withDays(grouped(entries));
}

/** Neighbouring bubbles of one author stand together. @param {Entry[]} entries */
function grouped(entries) {
  entries.forEach((entry, index) => {
    const next = entries[index + 1];
    if (entry.kind !== "message" || next?.kind !== "message") return;
    const isTogether = next.message.from === entry.message.from && next.at - entry.at < GAP;
    entry.isLast = !isTogether;
    next.isFirst = !isTogether;
  });
  return entries;
}

/** @param {Entry[]} entries @returns {Entry[]} */
function withDays(entries) {
  return entries.flatMap((entry, index) => {
    const previous = entries[index - 1];
    if (previous && isSameDay(previous.at, entry.at)) return [entry];
    return [{ kind: "day", key: `day${new Date(entry.at).toDateString()}`, at: entry.at }, entry];
  });
}
