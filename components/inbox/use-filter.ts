"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { emptyLeadFilter, type LeadFilter, leadFilterParams, parseLeadFilter } from "#lib/leads/lead-filter.ts";
import type { ChangeFilter } from "./inbox-props.ts";

export type FilterState = { filter: LeadFilter; words: string; change: ChangeFilter; clear: () => void };

/**
 * The filter lives in the address and nowhere else. Changing it writes the address without asking for a
 * new page: the list reads the address and asks for rows alone, so Back works and typing stays quick.
 */
export function useFilter(): FilterState {
  const params = useSearchParams();
  return useMemo(() => {
    const { filter } = parseLeadFilter(new URLSearchParams(params));
    const words = leadFilterParams(filter).toString();

    const change: ChangeFilter = (wish, how = "push") => {
      const next = leadFilterParams({ ...filter, ...wish }).toString();
      if (next === words) return;
      const address = next === "" ? window.location.pathname : `?${next}`;
      if (how === "push") window.history.pushState(null, "", address);
      else window.history.replaceState(null, "", address);
    };
    return { filter, words, change, clear: () => change({ ...emptyLeadFilter(), sort: filter.sort }) };
  }, [params]);
}
