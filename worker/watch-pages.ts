import { watchNextPage } from "#lib/pages/watch-next-page.ts";
import type { Loop } from "./loop.ts";

/** Looks after tokens, permissions and subscriptions, and puts back what got lost. */
export const watchPages: Loop = { name: "watch-pages", step: watchNextPage, lanes: 1, idleMs: 10_000 };
