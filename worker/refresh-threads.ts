import { refreshThread } from "#lib/inbound/refresh-thread.ts";
import type { Loop } from "./loop.ts";

/** Asks Meta about threads of which we do not know who holds them, or when the person last wrote. One at a time. */
export const refreshThreads: Loop = { name: "refresh-threads", step: refreshThread, lanes: 1, idleMs: 2_000 };
