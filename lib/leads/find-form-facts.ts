import "server-only";
import { z } from "zod";
import { prisma } from "#lib/db.ts";
import type { InstantFormFacts } from "./lead-page.ts";
import type { LeadRef } from "./lead-ref.ts";

const state = z.enum(["waiting", "fetched", "refused", "gone"]);
const consents = z.array(z.object({ key: z.string(), isChecked: z.boolean() }));

/** What is known of the form a lead was made with; null where there was none. */
export async function findFormFacts({ pageId, id }: LeadRef): Promise<InstantFormFacts | null> {
  const submitted = await prisma.instantLead.findUnique({
    where: { pageId_leadId: { pageId, leadId: id } },
    select: {
      leadgenId: true,
      formId: true,
      state: true,
      stateReason: true,
      consents: true,
      platform: true,
      isOrganic: true,
    },
  });
  if (submitted === null) return null;
  const { formId } = submitted;
  const form =
    formId === null
      ? null
      : await prisma.instantForm.findUnique({ where: { pageId_formId: { pageId, formId } }, select: { name: true } });
  return {
    ...submitted,
    formName: form?.name ?? null,
    state: state.parse(submitted.state),
    consents: consents.parse(submitted.consents),
  };
}
