import { fetchAdNames } from "#lib/ads/fetch-ad-names.ts";
import type { Loop } from "./loop.ts";

/** Learns how ads are called in Ads Manager, in the background of everything else. */
export const fetchNamesOfAds: Loop = {
  name: "fetch-ad-names",
  step: fetchAdNames,
  lanes: 1,
  idleMs: 5_000,
  pauseMs: 1_000,
};
