import { feedReplay } from "#lib/inbound/feed-replay.ts";
import type { Loop } from "./loop.ts";

/** Deliveries that somebody wants applied once more are put in line, a few at a time. */
export const feedReplays: Loop = { name: "feed-replay", step: feedReplay, lanes: 1, idleMs: 500, pauseMs: 250 };
