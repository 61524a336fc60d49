"use client";

import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { openedLead } from "#components/live/list-place.ts";
import { useKeys } from "#components/ui/use-keys.ts";
import type { LeadRow } from "#lib/leads/lead-row.ts";
import type { RowsView } from "./lead-table.tsx";

type Options = {
  rows: LeadRow[];
  scroll: RefObject<HTMLElement | null>;
  view: RefObject<RowsView | null>;
  claim: (lead: LeadRow) => void;
};

/** Walking through the list by keys. The focus itself is the place one is at, so Enter and Tab work as ever. */
export function useRowKeys({ rows, scroll, view, claim }: Options): void {
  const last = useRef(-1);

  const focused = (): HTMLAnchorElement | null =>
    document.activeElement?.closest("tr")?.querySelector<HTMLAnchorElement>("a[data-lead]") ?? null;
  const here = (): number => {
    const ref = focused()?.dataset.lead;
    return ref === undefined ? last.current : rows.findIndex((row) => row.ref === ref);
  };

  function go(step: number) {
    const index = Math.min(Math.max(here() + step, 0), rows.length - 1);
    const row = rows[index];
    if (row === undefined) return;
    last.current = index;
    view.current?.scrollToIndex(index, { align: "auto" });
    focusWhenDrawn(scroll, row.ref, 3);
  }

  /** Coming back from a lead, one stands where one left, and sees it when one walks by keys. */
  const goBack = useEffectEvent(() => {
    const index = rows.findIndex(({ ref }) => ref === openedLead());
    if (index < 0 || document.activeElement !== document.body) return;
    last.current = index - 1;
    go(1);
  });
  useEffect(() => {
    const frame = requestAnimationFrame(() => goBack());
    return () => cancelAnimationFrame(frame);
  }, []);

  useKeys({
    j: () => go(1),
    k: () => go(-1),
    o: () => focused()?.click(),
    i: () => {
      const row = rows[here()];
      if (row !== undefined && row.assignee === null) claim(row);
    },
  });
}

/** A row far away is drawn a frame or two after it was scrolled to. */
function focusWhenDrawn(scroll: RefObject<HTMLElement | null>, ref: string, frames: number): void {
  const link = scroll.current?.querySelector<HTMLElement>(`a[data-lead="${CSS.escape(ref)}"]`);
  if (link) link.focus({ preventScroll: true });
  else if (frames > 0) requestAnimationFrame(() => focusWhenDrawn(scroll, ref, frames - 1));
}
