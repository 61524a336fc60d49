import { leadgen, policy } from "./events-people.ts";
import { newNumber } from "./ids.ts";
import { adOf, type Meta, pageOf, Refusal } from "./meta.ts";
import { tellPage } from "./tell.ts";
import type { InstantLead } from "./world.ts";

/** What Meta does by itself: policy, and the Instant Forms it keeps. */
export function enforce(
  meta: Meta,
  pageId: string,
  action: "warning" | "block" | "unblock",
  reason: string | null,
  isOld: boolean,
  at: number,
): void {
  const page = pageOf(meta.world, pageId);
  page.policy = action === "unblock" ? null : action;
  const item = policy(pageId, action, action === "unblock" ? null : reason, isOld, at);
  tellPage(meta, pageId, { what: `policy ${action}`, entryId: pageId, channel: "messaging", item, at });
  meta.worldChanged();
}

export type Submission = {
  pageId: string;
  formId: string | undefined;
  adId: string | undefined;
  isOrganic: boolean;
  isTest: boolean;
  answers: Record<string, string[]>;
  consents: Record<string, boolean>;
  platform: "fb" | "ig";
  at: number;
};

/** Somebody sends in an Instant Form: the answers stay with Meta, the product hears an id. */
export function submitForm(meta: Meta, wanted: Submission): InstantLead {
  const { pageId, at } = wanted;
  const forms = meta.world.instantForms.filter((one) => one.pageId === pageId);
  const form = forms.find(({ id }) => id === (wanted.formId ?? forms[0]?.id));
  if (form === undefined) throw new Refusal(404, `Page ${pageId} has no such form.`);
  for (const key of Object.keys(wanted.answers)) {
    if (form.questions.every((question) => question.key !== key)) throw new Refusal(400, `The form asks no ${key}.`);
  }
  const lead: InstantLead = {
    id: `133${String(meta.world.run).padStart(5, "0")}${String(newNumber(meta.world)).padStart(8, "0")}`,
    formId: form.id,
    pageId,
    adId: adOfLead(meta, wanted),
    createdAt: at,
    fieldData: form.questions.flatMap(({ key }) => {
      const values = wanted.answers[key];
      return values === undefined ? [] : [{ name: key, values }];
    }),
    consents: Object.entries(wanted.consents).map(([key, checked]) => ({ key, checked })),
    isOrganic: wanted.isOrganic || wanted.isTest,
    isTest: wanted.isTest,
    platform: wanted.platform,
  };
  // A form has one test lead at a time.
  if (lead.isTest) {
    meta.world.instantLeads = meta.world.instantLeads.filter(({ formId, isTest }) => !isTest || formId !== form.id);
  }
  meta.world.instantLeads.push(lead);
  tellPage(meta, pageId, { what: "leadgen", entryId: pageId, channel: "changes", item: leadgen(lead, at), at });
  return lead;
}

function adOfLead(meta: Meta, { pageId, adId, isOrganic, isTest }: Submission): string | null {
  if (isOrganic || isTest) return null;
  if (adId === undefined) return meta.world.ads.find((ad) => ad.pageId === pageId)?.id ?? null;
  if (adOf(meta.world, adId).pageId !== pageId) throw new Refusal(409, "That ad belongs to another page.");
  return adId;
}
