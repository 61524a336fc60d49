import "server-only";
import { z } from "zod";
import { log } from "./log.ts";
import { listen, notify } from "./notify.ts";

/**
 * Telling open screens which leads changed, after the commit. The first change is told at once; those right behind it
 * are collected, at most sixteen times a second per page, and less often the more there are: a storm of events must not
 * become a storm of hints.
 */
const liveChange = z.object({ pageId: z.string(), ids: z.array(z.string()) });
export type LiveChange = z.infer<typeof liveChange>;

const PAUSE_MS = 60;
const LONGEST_PAUSE_MS = 500;
/** What a hint spoke of has to be asked for by every screen: the more there are, the longer they rest. */
const PAUSE_PER_LEAD_MS = 10;
/** A NOTIFY payload holds less than 8,000 bytes; a hundred ids take about 4,000. */
const IDS_PER_HINT = 100;

const waiting = new Map<string, { ids: Set<string>; isPaused: boolean }>();

/** Says that these leads of a page changed. The first hint leaves at once, those right behind it together. */
export function announceLeads(pageId: string, ids: Iterable<string>): void {
  const entry = waiting.get(pageId) ?? { ids: new Set<string>(), isPaused: false };
  for (const id of ids) entry.ids.add(id);
  waiting.set(pageId, entry);
  if (!entry.isPaused && entry.ids.size > 0) flush(pageId, entry);
}

function flush(pageId: string, entry: { ids: Set<string>; isPaused: boolean }): void {
  const ids = [...entry.ids];
  entry.ids.clear();
  entry.isPaused = true;
  for (let start = 0; start < ids.length; start += IDS_PER_HINT) {
    void notify("lead_inbox_live", JSON.stringify({ pageId, ids: ids.slice(start, start + IDS_PER_HINT) }));
  }
  const pause = Math.min(Math.max(PAUSE_MS, ids.length * PAUSE_PER_LEAD_MS), LONGEST_PAUSE_MS);
  setTimeout(() => {
    entry.isPaused = false;
    if (entry.ids.size > 0) flush(pageId, entry);
    else waiting.delete(pageId);
  }, pause);
}

/** What a stream hears: a change, or that the line was down and something may have been missed. */
export type LiveListener = { onChange: (change: LiveChange) => void; onGap: () => void };

declare global {
  // One listening connection per process, whatever number of streams and bundles.
  var leadInboxLive: Set<LiveListener> | undefined;
}

/** Listens to changes until the returned function is called. */
export function listenLive(listener: LiveListener): () => void {
  const listeners = globalThis.leadInboxLive ?? startListening();
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function startListening(): Set<LiveListener> {
  const listeners = new Set<LiveListener>();
  globalThis.leadInboxLive = listeners;
  // Until the line is up for the first time, changes pass unheard too.
  let wasDown = true;
  listen(
    "lead_inbox_live",
    (payload) => {
      const change = liveChange.safeParse(parseJson(payload));
      if (!change.success) return log.warn({ event: "live.unreadable" });
      for (const listener of listeners) listener.onChange(change.data);
    },
    (isUp) => {
      if (isUp && wasDown) for (const listener of listeners) listener.onGap();
      wasDown = !isUp;
    },
  );
  return listeners;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
