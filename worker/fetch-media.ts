import { announceThread } from "#lib/leads/announce-thread.ts";
import { fetchMedia } from "#lib/media/fetch-media.ts";
import type { Loop } from "./loop.ts";

/** Fetches pictures and files from Meta before their addresses end. */
export const fetchFiles: Loop = {
  name: "fetch-media",
  step: async () => {
    const fetched = await fetchMedia();
    if (fetched === null) return false;
    const { pageId, psid } = fetched;
    if (psid !== null) await announceThread({ pageId, psid });
    return true;
  },
  lanes: 2,
  idleMs: 2_000,
  pauseMs: 500,
};
