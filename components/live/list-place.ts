"use client";

import { useEffect, useEffectEvent, useLayoutEffect, useRef, useSyncExternalStore } from "react";

/**
 * Where in which list somebody was when they opened a lead, kept for this tab: the way back keeps its
 * filters, and the next lead is the next of that list. It is a convenience; without it all still works.
 */
export type ListPlace = {
  back: string;
  previous: string | null;
  next: string | null;
  index: number;
  /** How long the list is; null when it is longer than we count. */
  total: number | null;
};

type KeptList = { words: string; refs: string[]; total: number | null };

const KEY = "lead-inbox-list";
const MAX_REFS = 1_000;
/** While leads change many times a second, writing down each order would be much work for nothing. */
const CALM_MS = 500;
const nowhere: ListPlace = { back: "/leads", previous: null, next: null, index: -1, total: null };

/** `words` is the list's address behind the question mark. */
export function useRememberList(words: string, rows: readonly { ref: string }[], total: number | null): void {
  const keep = useEffectEvent(() => {
    const refs = rows.slice(0, MAX_REFS).map(({ ref }) => ref);
    sessionStorage.setItem(KEY, JSON.stringify({ words, refs, total }));
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is kept is read when the time has come
  useEffect(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      keep();
    }, CALM_MS);
  }, [words, rows, total]);
  // Whoever leaves for a lead has pressed one of the rows as they stand now.
  useLayoutEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      keep();
    },
    [],
  );
}

let known: { kept: string | null; leadRef: string; place: ListPlace } | null = null;

let opened: string | null = null;

/** The lead somebody comes back from, so that the list can go on where they left it. */
export function openedLead(): string | null {
  return opened;
}

/** The server does not know the list, so its place appears with the first frame in the browser. */
export function useListPlace(leadRef: string): ListPlace {
  useEffect(() => {
    opened = leadRef;
  }, [leadRef]);
  return useSyncExternalStore(
    () => () => {},
    () => {
      const kept = sessionStorage.getItem(KEY);
      if (known?.kept !== kept || known.leadRef !== leadRef) known = { kept, leadRef, place: placeIn(kept, leadRef) };
      return known.place;
    },
    () => nowhere,
  );
}

function placeIn(kept: string | null, leadRef: string): ListPlace {
  const list = readList(kept);
  if (list === null) return nowhere;
  const { words, refs, total } = list;
  const index = refs.indexOf(leadRef);
  const href = (ref: string | undefined) => (ref === undefined ? null : `/leads/${ref}`);
  return {
    back: words === "" ? "/leads" : `/leads?${words}`,
    previous: index > 0 ? href(refs[index - 1]) : null,
    next: index >= 0 ? href(refs[index + 1]) : null,
    index,
    total,
  };
}

/** Whatever else stands under our key is not a list. */
function readList(kept: string | null): KeptList | null {
  if (kept === null) return null;
  try {
    const value: unknown = JSON.parse(kept);
    return isList(value) ? value : null;
  } catch {
    return null;
  }
}

function isList(value: unknown): value is KeptList {
  if (typeof value !== "object" || value === null || !("words" in value) || !("refs" in value)) return false;
  if (!("total" in value) || (value.total !== null && typeof value.total !== "number")) return false;
  const { words, refs } = value;
  return typeof words === "string" && Array.isArray(refs) && refs.every((ref) => typeof ref === "string");
}
