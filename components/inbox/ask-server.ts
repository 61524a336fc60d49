"use client";

import { z } from "zod";
import { type LeadRow, leadRow } from "#lib/leads/lead-row.ts";
import type { LeadCounts } from "./lead-list.ts";

/** Questions an open inbox asks again and again, by doors of their own: actions go one after the other. */

const changed = z.object({ rows: z.array(leadRow) });
const figure = z.number();
const counts = z.object({
  all: figure,
  complete: figure,
  incomplete: figure,
  in_progress: figure,
  byReason: z.object({
    disqualified: figure,
    abandoned: figure,
    stopped: figure,
    interrupted: figure,
    unknown: figure,
  }),
});

/** Of these leads, those the filter still lets through, as they are now. */
export async function askChanged(words: string, refs: readonly string[]): Promise<LeadRow[]> {
  const query = new URLSearchParams(words);
  query.set("refs", refs.join(","));
  return changed.parse(await ask(`/api/leads/changed?${query}`)).rows;
}

export async function askCounts(words: string): Promise<LeadCounts> {
  return counts.parse(await ask(`/api/leads/counts?${words}`));
}

async function ask(path: string): Promise<unknown> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`Asking was answered ${response.status}.`);
  return response.json();
}
