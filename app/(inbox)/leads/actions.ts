"use server";

import { getTimeZone } from "next-intl/server";
import { z } from "zod";
import type { ClaimAnswer } from "#components/inbox/inbox-props.ts";
import type { LeadCounts, LeadListPage } from "#components/inbox/lead-list.ts";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { assignLead } from "#lib/leads/assign-lead.ts";
import { claimLead } from "#lib/leads/claim-lead.ts";
import { countLeads } from "#lib/leads/count-leads.ts";
import { findLeads } from "#lib/leads/find-leads.ts";
import { type LeadFilter, parseLeadFilter } from "#lib/leads/lead-filter.ts";
import { leadRef } from "#lib/leads/lead-ref.ts";
import type { LeadRow } from "#lib/leads/lead-row.ts";

const PAGE_SIZE = 100;
const MAX_REFS = 200;

const words = z
  .string()
  .max(8_000)
  .transform((text): LeadFilter => parseLeadFilter(new URLSearchParams(text)).filter);
const refs = z.array(leadRef).max(MAX_REFS);
const cursor = z.string().max(500).nullable();

/** One more page of the list. */
export async function loadLeads(filterWords: string, after: string | null): Promise<LeadListPage> {
  const viewer = await requireViewer();
  const loadedAt = new Date();
  const options = { cursor: cursor.parse(after), limit: PAGE_SIZE, timeZone: await getTimeZone() };
  const page = await findLeads(words.parse(filterWords), viewer, options);
  return { ...page, loadedAt };
}

/** Of these leads, those the filter still lets through, as they are now. */
export async function loadLeadsByRef(filterWords: string, wanted: string[]): Promise<LeadRow[]> {
  const viewer = await requireViewer();
  const options = { refs: refs.parse(wanted), limit: MAX_REFS, timeZone: await getTimeZone() };
  const { rows } = await findLeads(words.parse(filterWords), viewer, options);
  return rows;
}

export async function countLeadsFor(filterWords: string): Promise<LeadCounts> {
  const viewer = await requireViewer();
  return countLeads(words.parse(filterWords), viewer, await getTimeZone());
}

export async function claim(ref: string): Promise<ClaimAnswer> {
  const viewer = await requireViewer();
  return { outcome: await claimLead(leadRef.parse(ref), viewer) };
}

/** Takes a claim back. */
export async function release(ref: string): Promise<{ outcome: "assigned" | "not-found" }> {
  const viewer = await requireViewer();
  const outcome = await assignLead(leadRef.parse(ref), null, viewer);
  return { outcome: outcome === "assigned" ? "assigned" : "not-found" };
}
