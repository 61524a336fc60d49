"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useLive } from "#components/live/use-live.ts";
import type { LeadRow } from "#lib/leads/lead-row.ts";
import type { InboxActions } from "./inbox-props.ts";
import { arrivals, isLoaded, replaceRows } from "./lead-list.ts";
import { countsKey, type LeadPages, leadsKey } from "./use-leads.ts";

/** Hints come in bursts; what they speak of is asked for once per breath. */
const BREATH_MS = 150;
const COUNT_BREATH_MS = 1_000;
/** More changed leads than this, and asking for the list again is cheaper. */
const MANY_REFS = 200;

const none: ReadonlySet<string> = new Set();

type Options = {
  words: string;
  actions: InboxActions;
  /** Whether new rows may slide in now, or would move what somebody is looking at. */
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

/** Keeps the list right while leads change: known rows in place, new ones at the head or waiting. */
export function useLiveLeads({ words, actions, mayMove }: Options): News {
  const queries = useQueryClient();
  const [waiting, setWaiting] = useState({ words, refs: none });
  const [arrived, setArrived] = useState<ReadonlySet<string>>(none);
  const changed = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
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
    changed.current = new Set();
    const data = queries.getQueryData<LeadPages>(leadsKey(words));
    if (data === undefined || refs.size === 0) return;
    if (refs.size > MANY_REFS) return everything();
    if (mayMove() && !isLoaded(data.pages, refs)) return showHead();

    const fresh = await actions.loadLeadsByRef(words, [...refs]);
    const news = arrivals(data.pages, fresh);
    queries.setQueryData<LeadPages>(leadsKey(words), (now) =>
      now === undefined ? now : { ...now, pages: replaceRows(now.pages, refs, fresh) },
    );
    if (news.length === 0) return;
    mark(news);
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

  useLive(({ refs }) => {
    clearTimeout(countTimer.current);
    countTimer.current = setTimeout(() => recount(), COUNT_BREATH_MS);
    if (refs === null) return void everything();
    for (const ref of refs) changed.current.add(ref);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      settle().catch(() => everything());
    }, BREATH_MS);
  });

  const recount = useEffectEvent(() => void queries.invalidateQueries({ queryKey: countsKey(words) }));

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      clearTimeout(countTimer.current);
      timer.current = undefined;
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
