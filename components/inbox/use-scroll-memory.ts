"use client";

import { type RefObject, useEffect } from "react";

const offsets = new Map<string, number>();

/** Coming back to a list finds it where it was left; another filter begins at its top. */
export function useScrollMemory(scroll: RefObject<HTMLElement | null>, words: string): number {
  useEffect(() => {
    const place = scroll.current;
    if (place === null) return;
    place.scrollTop = offsets.get(words) ?? 0;
    // Read while scrolling: when the list leaves, its place is already gone.
    const remember = () => offsets.set(words, place.scrollTop);
    place.addEventListener("scroll", remember, { passive: true });
    return () => place.removeEventListener("scroll", remember);
  }, [scroll, words]);

  return offsets.get(words) ?? 0;
}
