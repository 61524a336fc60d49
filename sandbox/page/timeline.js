/** A chat in order: days, the ads tapped, bubbles, and how the questions ended. */
import { isSameDay } from "./clock.js";

/** @typedef {import("../world.ts").ThreadView} ThreadView */
/** @typedef {import("../world.ts").Flow} Flow */
/** @typedef {import("../world.ts").Message} Message */
/** @typedef {{ kind: "ad", key: string, at: number, adId: string }} AdEntry */
/** @typedef {{ kind: "end", key: string, at: number, ending: import("../world.ts").Ending | null }} EndEntry */
/**
 * @typedef {{ kind: "message", key: string, at: number, message: Message, isFirst: boolean, isLast: boolean, saysWho: boolean }} MessageEntry
 * `isFirst` and `isLast` among neighbours of one author; `saysWho`: whether author and time stand below.
 */
/** @typedef {{ kind: "day", key: string, at: number }} DayEntry */
/** @typedef {AdEntry | EndEntry | MessageEntry | DayEntry} Entry */

const GAP = 10 * 60 * 1000;
/** What the Leadgen app still says after the last answer belongs to the questions. */
const LAST_WORDS = 10 * 1000;
const order = { day: 0, ad: 1, message: 2, end: 3 };

/** @param {ThreadView} thread @returns {Entry[]} */
export function timeline(thread) {
  const flows = thread.flow === null ? thread.pastFlows : [...thread.pastFlows, thread.flow];
  const entries = [
    ...flows.map(adEntry),
    ...flows.flatMap((flow, index) =>
      endEntries(flow, thread, flows[index + 1]?.startedAt ?? Number.POSITIVE_INFINITY),
    ),
    ...thread.messages.map(messageEntry),
  ];
  entries.sort((a, b) => a.at - b.at || order[a.kind] - order[b.kind]);
  return withDays(grouped(entries));
}

/** @param {Flow} flow @returns {Entry} */
function adEntry({ startedAt, adId }) {
  return { kind: "ad", key: `ad${startedAt}`, at: startedAt, adId };
}

/** @param {Flow} flow @param {ThreadView} thread @param {number} nextAt when another ad was tapped @returns {Entry[]} */
function endEntries({ startedAt, endedAt, ending }, { messages }, nextAt) {
  if (endedAt === null) return [];
  const lastAt = Math.min(endedAt + LAST_WORDS, nextAt - 1);
  const lastWords = messages.filter(({ from, at }) => from === "leadgen" && at >= endedAt && at <= lastAt);
  return [{ kind: "end", key: `end${startedAt}`, at: lastWords.at(-1)?.at ?? endedAt, ending }];
}

/** @param {Message} message @returns {Entry} */
function messageEntry(message) {
  return { kind: "message", key: message.mid, at: message.at, message, isFirst: true, isLast: true, saysWho: true };
}

/** Neighbouring bubbles of one author stand together, and quick questions and answers are not signed one by one. @param {Entry[]} entries */
function grouped(entries) {
  entries.forEach((entry, index) => {
    const next = entries[index + 1];
    if (entry.kind !== "message" || next?.kind !== "message") return;
    const isSoon = next.at - entry.at < GAP;
    const isTogether = isSoon && next.message.from === entry.message.from;
    entry.isLast = !isTogether;
    next.isFirst = !isTogether;
    const isPlain = entry.message.from === "leadgen" || entry.message.from === "person";
    entry.saysWho = !isTogether && !(isSoon && isPlain);
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
