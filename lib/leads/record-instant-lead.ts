import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import type { Tx } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { searchText } from "./search-text.ts";
import { tellActivity } from "./tell-activity.ts";

type Submission = {
  pageId: string;
  leadgenId: string;
  formId: string | null;
  adId: string | null;
  at: Date;
  isTest: boolean;
};

/**
 * Writes the lead of an instant form that Meta announced; its answers are fetched afterwards. The form names
 * nobody of the page's, so the lead has no thread. Returns its id.
 */
export async function recordInstantLead(tx: Tx, submission: Submission, receivedAt: Date): Promise<string> {
  const { pageId, leadgenId, formId, adId, at, isTest } = submission;
  const before = await tx.instantLead.findUnique({
    where: { pageId_leadgenId: { pageId, leadgenId } },
    select: { leadId: true },
  });
  if (before !== null) return before.leadId;

  const now = await databaseNow(tx);
  const ref = { pageId, id: newId() };
  await tx.lead.create({
    data: {
      ...ref,
      source: "instant_form",
      psid: null,
      formId,
      adId,
      status: "complete",
      at,
      receivedAt,
      lastActivityAt: at,
      waitingSince: at,
      isTest,
      search: { create: { text: searchText([], [leadgenId, adId, formId]) } },
      instantLead: { create: { leadgenId, formId, adId, at, receivedAt, fetchDueAt: now } },
    },
    select: { id: true },
  });
  if (adId !== null) {
    await tx.ad.createMany({ data: { pageId, adId, namesRetryAt: now }, skipDuplicates: true });
  }
  await tellActivity(tx, ref, { kind: "created", data: { status: "complete", reason: null } });
  return ref.id;
}
