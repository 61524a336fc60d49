"use server";

import { getTimeZone } from "next-intl/server";
import { z } from "zod";
import type { ClaimAnswer } from "#components/inbox/inbox-props.ts";
import type { LeadListPage } from "#components/inbox/lead-list.ts";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { assignLead } from "#lib/leads/assign-lead.ts";
import { claimLead } from "#lib/leads/claim-lead.ts";
import { findLeads } from "#lib/leads/find-leads.ts";
import { type LeadFilter, parseLeadFilter } from "#lib/leads/lead-filter.ts";
import { leadRef } from "#lib/leads/lead-ref.ts";

const PAGE_SIZE = 100;

const words = z
  .string()
  .max(8_000)
  .transform((text): LeadFilter => parseLeadFilter(new URLSearchParams(text)).filter);
const cursor = z.string().max(500).nullable();

/** One more page of the list. */
export async function loadLeads(filterWords: string, after: string | null): Promise<LeadListPage> {
  const viewer = await requireViewer();
  const loadedAt = new Date();
  const options = { cursor: cursor.parse(after), limit: PAGE_SIZE, timeZone: await getTimeZone() };
  const page = await findLeads(words.parse(filterWords), viewer, options);
  return { ...page, loadedAt };
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
