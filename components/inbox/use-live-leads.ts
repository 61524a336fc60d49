"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useLive } from "#components/live/use-live.ts";
import { MANY_REFS } from "#lib/leads/changed-query.ts";
import type { LeadSort } from "#lib/leads/lead-filter.ts";
import type { LeadRow } from "#lib/leads/lead-row.ts";
import { compareRows } from "#lib/leads/row-order.ts";
import { askChanged } from "./ask-server.ts";
import type { InboxActions } from "./inbox-props.ts";
import { arrivals, isLong, rearrangeRows, replaceRows } from "./lead-list.ts";
import { countsKey, type LeadPages, leadsKey } from "./use-leads.ts";

/** The first hint is followed at once, more of them when its answer is here; a slow server is asked less often. */
const LEAST_GAP_MS = 50;
const COUNT_EVERY_MS = 2_000;
const AFTER_FAILURE_MS = 2_000;

const none: ReadonlySet<string> = new Set();

type Options = {
  words: string;
  sort: LeadSort;
  actions: InboxActions;
  /** Whether rows may slide now, or would move what somebody is looking at. */
  mayMove: () => boolean;
};

export type News = {
  /** New leads that wait to be shown. */
  refs: ReadonlySet<string>;
  show: () => Promise<void>;
  /** Came in while this list was open, and is marked until it is opened. */
  isFresh: (ref: string) => boolean;
  announced: number;
};

/** Keeps the list right while leads change: rows in their order, or, while somebody works in the list, in place. */
export function useLiveLeads({ words, sort, actions, mayMove }: Options): News {
  const queries = useQueryClient();
  const [waiting, setWaiting] = useState({ words, refs: none });
  const [arrived, setArrived] = useState<ReadonlySet<string>>(none);
  const changed = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isAsking = useRef(false);
  const countTimer = useRef<ReturnType<typeof setTimeout>>(undefined);

  /** The head of the list as the server has it now; the rest is loaded again when somebody scrolls there. */
  const showHead = useEffectEvent(async () => {
    const page = await actions.loadLeads(words, null);
    const before = queries.getQueryData<LeadPages>(leadsKey(words));
    queries.setQueryData<LeadPages>(leadsKey(words), { pages: [page], pageParams: [null] });
    setWaiting({ words, refs: none });
    if (before !== undefined) mark(arrivals(before.pages, page.rows));
  });

  const settle = useEffectEvent(async () => {
    const refs = changed.current;
    const data = queries.getQueryData<LeadPages>(leadsKey(words));
    // What is on its way may be older than the hint, and would be written over what we learn now.
    const isLoading = () => queries.isFetching({ queryKey: leadsKey(words) }) > 0;
    if (isLoading()) return;
    changed.current = new Set();
    if (data === undefined) return;
    const hasWaiting = waiting.words === words && waiting.refs.size > 0;
    if (mayMove() && (hasWaiting || refs.size > MANY_REFS || isLong(data.pages))) return showHead();
    if (refs.size > MANY_REFS) return everything();

    const fresh = await askChanged(words, [...refs]);
    if (isLoading()) {
      changed.current = changed.current.union(refs);
      return;
    }
    const news = arrivals(data.pages, fresh);
    const isFree = mayMove();
    queries.setQueryData<LeadPages>(leadsKey(words), (now) => {
      if (now === undefined) return now;
      if (!isFree) return { ...now, pages: replaceRows(now.pages, refs, fresh) };
      const order = compareRows(sort, now.pages[0]?.loadedAt ?? new Date());
      return { ...now, pages: rearrangeRows(now.pages, refs, fresh, order) };
    });
    mark(news);
    if (isFree || news.length === 0) return;
    setWaiting((before) => {
      const refs = before.words === words ? before.refs : none;
      return { words, refs: new Set([...refs, ...news.map((row) => row.ref)]) };
    });
  });

  function mark(news: readonly LeadRow[]) {
    if (news.length > 0) setArrived((before) => new Set([...before, ...news.map((row) => row.ref)]));
  }

  /** After a gap nothing loaded can be trusted. */
  const everything = useEffectEvent(async () => {
    await queries.invalidateQueries({ queryKey: ["leads"] });
    setWaiting({ words, refs: none });
  });

  const follow = useEffectEvent(async () => {
    if (isAsking.current || timer.current !== undefined || changed.current.size === 0) return;
    isAsking.current = true;
    const askedAt = performance.now();
    let rest = LEAST_GAP_MS;
    try {
      await settle();
      const took = performance.now() - askedAt;
      rest = Math.max(LEAST_GAP_MS - took, took / 2);
    } catch {
      rest = AFTER_FAILURE_MS;
      void everything();
    }
    isAsking.current = false;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void follow();
    }, rest);
  });

  useLive(({ refs }) => {
    countTimer.current ??= setTimeout(() => {
      countTimer.current = undefined;
      recount();
    }, COUNT_EVERY_MS);
    if (refs === null) return void everything();
    for (const ref of refs) changed.current.add(ref);
    void follow();
  });

  const recount = useEffectEvent(() => void queries.invalidateQueries({ queryKey: countsKey(words) }));

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      clearTimeout(countTimer.current);
      timer.current = undefined;
      countTimer.current = undefined;
    },
    [],
  );

  return {
    refs: waiting.words === words ? waiting.refs : none,
    show: () => showHead(),
    isFresh: (ref) => arrived.has(ref),
    announced: arrived.size,
  };
}
