"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useLive } from "#components/live/use-live.ts";

/** Any change may concern a list that is not on the screen now: it is asked for again when it returns. */
export function FollowLists() {
  const queries = useQueryClient();
  useLive(() => {
    for (const queryKey of [["leads"], ["lead-counts"]]) {
      void queries.invalidateQueries({ queryKey, type: "inactive", refetchType: "none" });
    }
  });
  return null;
}
