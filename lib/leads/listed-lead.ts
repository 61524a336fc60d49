import type { Prisma } from "#lib/generated/prisma/client.ts";

/** The columns a row of a list needs. */
export const listedLead = {
  pageId: true,
  id: true,
  psid: true,
  source: true,
  instantLead: { select: { fullName: true } },
  status: true,
  reason: true,
  stage: true,
  adId: true,
  assigneeId: true,
  at: true,
  receivedAt: true,
  lastActivityAt: true,
  lastInboundAt: true,
  waitingSince: true,
  freeUntil: true,
  probableUntil: true,
  humanUntil: true,
  doneAt: true,
  isTest: true,
  changedAt: true,
  thread: {
    select: {
      control: true,
      controlAppId: true,
      controlSince: true,
      controlExpiresAt: true,
      controlSource: true,
      person: { select: { fullName: true } },
    },
  },
} satisfies Prisma.LeadSelect;

export type ListedLead = Prisma.LeadGetPayload<{ select: typeof listedLead }>;
