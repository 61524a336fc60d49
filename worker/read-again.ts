import { type ReadAgainPlace, readAgain } from "#lib/inbound/read-again.ts";
import type { Loop } from "./loop.ts";

let place: ReadAgainPlace | null = null;
let isDone = false;

/** After a start: what an older version did not understand, once. */
export const readOldEvents: Loop = {
  name: "read-again",
  step: async () => {
    if (isDone) return false;
    place = await readAgain(place);
    isDone = place === null;
    return !isDone;
  },
  lanes: 1,
  idleMs: 60_000,
};
