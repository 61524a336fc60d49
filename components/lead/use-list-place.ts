"use client";

import { useSyncExternalStore } from "react";
import { readList } from "#components/live/list-place.ts";

export type Neighbours = { back: string; previous: string | null; next: string | null; index: number; count: number };

const nowhere: Neighbours = { back: "/leads", previous: null, next: null, index: -1, count: 0 };
let known: { ref: string; neighbours: Neighbours } | null = null;

/** The list this lead was opened from. The server does not know it, so it appears with the first frame in the browser. */
export function useListPlace(leadRef: string): Neighbours {
  return useSyncExternalStore(
    () => () => {},
    () => {
      if (known?.ref !== leadRef) known = { ref: leadRef, neighbours: neighboursOf(leadRef) };
      return known.neighbours;
    },
    () => nowhere,
  );
}

function neighboursOf(leadRef: string): Neighbours {
  const { words, refs } = readList();
  const index = refs.indexOf(leadRef);
  const href = (ref: string | undefined) => (ref === undefined ? null : `/leads/${ref}`);
  return {
    back: words === "" ? "/leads" : `/leads?${words}`,
    previous: index > 0 ? href(refs[index - 1]) : null,
    next: index >= 0 ? href(refs[index + 1]) : null,
    index,
    count: refs.length,
  };
}
