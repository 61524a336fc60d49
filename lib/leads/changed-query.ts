/** What a screen asks for when leads changed: which ones, under which filter. Here nothing is left out kindly. */
import { z } from "zod";
import { type LeadFilter, leadFilterWords, parseLeadFilter } from "./lead-filter.ts";
import { type LeadRef, leadRef } from "./lead-ref.ts";

/** More changed leads than this, and asking for the list again is cheaper. */
export const MANY_REFS = 100;

const refs = z.array(leadRef).max(MANY_REFS);
const words: ReadonlySet<string> = new Set(leadFilterWords);

/** `refs=A,B&` and the words of the inbox's address; null when it is not that. */
export function parseChangedQuery(params: URLSearchParams): { filter: LeadFilter; refs: LeadRef[] } | null {
  const [named, ...more] = params.getAll("refs");
  const wanted = refs.safeParse(named?.split(","));
  const rest = new URLSearchParams(params);
  rest.delete("refs");
  const filter = parseCountsQuery(rest);
  return filter === null || more.length > 0 || !wanted.success ? null : { filter, refs: wanted.data };
}

/** The words of the inbox's address alone. */
export function parseCountsQuery(params: URLSearchParams): LeadFilter | null {
  if ([...params.keys()].some((word) => !words.has(word))) return null;
  const { filter, rejected } = parseLeadFilter(params);
  return rejected.length > 0 ? null : filter;
}
