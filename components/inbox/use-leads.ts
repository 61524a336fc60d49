"use client";

import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { LeadRow } from "#lib/leads/lead-row.ts";
import { askCounts } from "./ask-server.ts";
import type { InboxActions, InboxStart } from "./inbox-props.ts";
import { type LeadListPage, rowsOf } from "./lead-list.ts";

export type LeadPages = InfiniteData<LeadListPage, string | null>;

export const leadsKey = (words: string) => ["leads", words] as const;
export const countsKey = (words: string) => ["lead-counts", wordsWithoutStatus(words)] as const;

/** The rows of the current filter, page by page; the first page came with the document. */
export function useLeads(words: string, start: InboxStart, actions: InboxActions) {
  const isFreshStart = useFreshStart(start);
  const query = useInfiniteQuery({
    queryKey: leadsKey(words),
    queryFn: ({ pageParam }) => actions.loadLeads(words, pageParam),
    initialPageParam: firstPage,
    getNextPageParam: (last: LeadListPage) => last.nextCursor,
    // The rows of the former filter stay, greyed, until the new ones are here.
    placeholderData: keepPreviousData,
    // Rows that did not change stay the same objects by themselves, and are not drawn again.
    structuralSharing: false,
    ...(isFreshStart && words === start.words && { initialData: { pages: [start.page], pageParams: [firstPage] } }),
  });
  const rows = useMemo(() => rowsOf(query.data?.pages ?? []), [query.data]);
  return { ...query, rows };
}

const firstPage: string | null = null;
const usedStarts = new WeakSet<InboxStart>();

/** Going back may bring the page as it was drawn long ago: what came with it counts once. */
function useFreshStart(start: InboxStart): boolean {
  const [isFresh] = useState(() => !usedStarts.has(start));
  useEffect(() => void usedStarts.add(start), [start]);
  return isFresh;
}

/** Counts for the tabs: the filter without status and reason. */
export function useCounts(words: string, start: InboxStart) {
  const isFreshStart = useFreshStart(start);
  const isStart = isFreshStart && wordsWithoutStatus(words) === wordsWithoutStatus(start.words);
  const { data } = useQuery({
    queryKey: countsKey(words),
    queryFn: () => askCounts(wordsWithoutStatus(words)),
    placeholderData: keepPreviousData,
    ...(isStart && { initialData: start.counts }),
  });
  return data;
}

/** Changes loaded rows where they stand, in every list that holds them. */
export function useEditRow(): (ref: string, change: (row: LeadRow) => LeadRow) => void {
  const queries = useQueryClient();
  return (ref, change) => {
    queries.setQueriesData<LeadPages>({ queryKey: ["leads"] }, (data) =>
      data === undefined
        ? data
        : {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              rows: page.rows.map((row) => (row.ref === ref ? change(row) : row)),
            })),
          },
    );
  };
}

function wordsWithoutStatus(words: string): string {
  const params = new URLSearchParams(words);
  params.delete("status");
  params.delete("reason");
  params.delete("sort");
  return params.toString();
}
