"use client";

import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { z } from "zod";

/** Which leads changed; null when we cannot know (a line was lost), so everything may have. */
export type LiveChange = { refs: readonly string[] | null };
export type LiveState = { isConnected: boolean; heardAt: number | null };

const changeSchema = z.object({ refs: z.array(z.string()).nullable() });
const RETRY_MS = 2_000;
/** A timer that comes this much late means the machine slept, and the line may be dead without saying so. */
const SLEEP_MS = 10_000;
const BEAT_MS = 3_000;
/** The server beats every 15 s; a line that misses two of them is dead, whatever the browser believes. */
const SILENCE_MS = 35_000;

const listeners = new Set<(change: LiveChange) => void>();
const stateListeners = new Set<() => void>();
const offline: LiveState = { isConnected: false, heardAt: null };
let state: LiveState = offline;
let source: EventSource | null = null;
let wasOpen = false;
let retry: ReturnType<typeof setTimeout> | undefined;
let beat: ReturnType<typeof setInterval> | undefined;
let lastBeat = 0;

/**
 * Calls back for every change the server tells of; one line is shared by everything on the screen. It draws nothing
 * anew by itself: hints come many times a second.
 */
export function useLive(onChange: (change: LiveChange) => void): void {
  const tell = useEffectEvent(onChange);
  useEffect(() => {
    const listener = (change: LiveChange) => tell(change);
    listeners.add(listener);
    if (listeners.size === 1) start();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) stop();
    };
  }, []);
}

/** How the line is, for those who show it. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    subscribe,
    () => state,
    () => offline,
  );
}

function subscribe(listener: () => void): () => void {
  stateListeners.add(listener);
  return () => stateListeners.delete(listener);
}

function become(next: LiveState): void {
  state = next;
  for (const listener of stateListeners) listener();
}

function hear(change: LiveChange): void {
  become({ isConnected: true, heardAt: Date.now() });
  for (const listener of listeners) listener(change);
}

function start(): void {
  open();
  lastBeat = Date.now();
  beat = setInterval(() => {
    const late = Date.now() - lastBeat > SLEEP_MS;
    lastBeat = Date.now();
    const isSilent = state.isConnected && Date.now() - (state.heardAt ?? 0) > SILENCE_MS;
    if (late || isSilent) reopen();
  }, BEAT_MS);
  window.addEventListener("online", reopen);
}

function stop(): void {
  clearInterval(beat);
  clearTimeout(retry);
  window.removeEventListener("online", reopen);
  source?.close();
  source = null;
  wasOpen = false;
  become(offline);
}

function reopen(): void {
  clearTimeout(retry);
  source?.close();
  open();
}

function open(): void {
  const line = new EventSource("/api/stream");
  source = line;
  line.addEventListener("open", () => {
    // A new EventSource has no last id to resume from: whatever was missed is asked for again.
    if (wasOpen) hear({ refs: null });
    wasOpen = true;
    become({ isConnected: true, heardAt: Date.now() });
  });
  line.addEventListener("leads", read);
  line.addEventListener("catch-up", read);
  line.addEventListener("beat", () => become({ isConnected: true, heardAt: Date.now() }));
  line.addEventListener("error", () => {
    become({ ...state, isConnected: false });
    // The browser gives up for good after a refusal (a restart answers 503), so we do not.
    if (line.readyState === EventSource.CLOSED && source === line) retry = setTimeout(reopen, RETRY_MS);
  });
}

function read(event: MessageEvent<unknown>): void {
  const change = changeSchema.safeParse(parseJson(event.data));
  hear(change.success ? change.data : { refs: null });
}

function parseJson(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return null;
  }
}
