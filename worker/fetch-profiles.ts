import { fetchProfile } from "#lib/leads/fetch-profile.ts";
import type { Loop } from "./loop.ts";

/** Learns people's names from Meta, in the background of everything else. */
export const fetchProfiles: Loop = {
  name: "fetch-profiles",
  step: fetchProfile,
  lanes: 1,
  idleMs: 2_000,
  pauseMs: 500,
};
