/** A lead as it leaves the house: everything one row of a file tells. */
import type { Viewer } from "#lib/agents/viewer.ts";
import type { Answer, LeadReason, LeadStatus, Stage } from "./lead.ts";
import type { LeadFilter } from "./lead-filter.ts";

export type ExportAd = {
  id: string;
  title: string | null;
  /** As Ads Manager says, where Meta tells us. */
  name: string | null;
  campaignId: string | null;
  campaignName: string | null;
};

export type ExportLead = {
  pageId: string;
  id: string;
  psid: string | null;
  at: Date;
  receivedAt: Date;
  page: { name: string };
  /** messenger or instagram; for a form fb or ig, as Meta says. */
  platform: string;
  ad: ExportAd | null;
  status: LeadStatus;
  reason: LeadReason | null;
  stage: Stage;
  fullName: string | null;
  assignee: string | null;
  firstResponseSeconds: number | null;
  lastInboundAt: Date | null;
  windowClosesAt: Date | null;
  answers: Answer[];
};

/** The last row of the page of leads before; the next one begins after it. */
export type ExportCursor = { at: Date; id: string };

/** One page's part of an export: whose it is, and at which moment it was asked for. */
export type ExportScope = { filter: LeadFilter; viewer: Viewer; pageId: string; now: Date; timeZone: string };
