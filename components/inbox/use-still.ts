"use client";

import { type RefObject, useRef } from "react";

const TOP_PX = 8;
const RESTLESS_MS = 1_500;

/** Whether rows may move without pulling one away from under somebody's pointer or focus. */
export function useStill(scroll: RefObject<HTMLElement | null>) {
  const movedAt = useRef(Number.NEGATIVE_INFINITY);

  function mayMove(): boolean {
    const place = scroll.current;
    if (place === null) return true;
    const hasFocus = document.activeElement?.closest("tr") != null && place.contains(document.activeElement);
    return place.scrollTop <= TOP_PX && !hasFocus && performance.now() - movedAt.current > RESTLESS_MS;
  }

  return {
    mayMove,
    handlers: {
      onPointerMove: () => {
        movedAt.current = performance.now();
      },
    },
  };
}
