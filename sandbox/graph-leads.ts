import { z } from "zod";
import { isoTime } from "./conversation-views.ts";
import {
  type Call,
  type Endpoint,
  embedded,
  need,
  paged,
  pageOf,
  type Reply,
  reaches,
  readParam,
  success,
} from "./graph-call.ts";
import { refusals } from "./graph-errors.ts";
import { type Field, fieldsOf, pick } from "./graph-fields.ts";
import { submitForm } from "./meta-acts.ts";
import type { InstantForm, InstantLead } from "./world.ts";

/** Instant Forms: their questions, their leads for ninety days, and test leads. */
const READABLE = 90 * 24 * 60 * 60 * 1000;
const UNASKED = "created_time,id,field_data";

export const leadEndpoint: Endpoint = (call) => {
  const { world } = call.meta;
  if (call.edge === "leadgen_forms") return formsOf(call);
  const form = world.instantForms.find(({ id }) => id === call.object);
  if (form !== undefined) return aboutForm(call, form);
  const ad = world.ads.find(({ id }) => id === call.object);
  if (ad !== undefined && call.edge === "leads") {
    allow(call, ad.pageId);
    return leadList(call, (lead) => lead.adId === ad.id);
  }
  const lead = world.instantLeads.find(({ id }) => id === call.object);
  if (lead === undefined || call.edge !== null) return null;
  allow(call, lead.pageId);
  if (call.method === "DELETE") {
    if (!lead.isTest) throw refusals.invalid("Only test leads can be deleted.");
    world.instantLeads = world.instantLeads.filter((other) => other !== lead);
    return success;
  }
  if (!isReadable(call, lead)) throw refusals.notFound(call.object);
  return { json: viewLead(call, lead, fieldsOf(call.params, UNASKED)) };
};

/** Of a foreign page, and where Leads Access Manager says no, there is nothing. */
function allow(call: Call, pageId: string): void {
  if (!reaches(call, pageId)) throw refusals.notFound(call.object);
  need(call, "leads_retrieval");
  if (call.meta.world.pages.find(({ id }) => id === pageId)?.hasLeadAccess !== true) {
    throw refusals.noPermission("the Page does not let this app access its leads");
  }
}

const isReadable = ({ at }: Call, { createdAt }: InstantLead) => at - createdAt <= READABLE;

function formsOf(call: Call): Reply {
  const page = pageOf(call);
  if (page === null) throw refusals.notFound(call.object);
  need(call, "leads_retrieval", "pages_manage_ads");
  const forms = call.meta.world.instantForms.filter(({ pageId }) => pageId === page.id);
  const { data, paging } = paged(call, forms, ({ id }) => id);
  const fields = fieldsOf(call.params, "id,locale,name,status");
  return { json: { data: data.map((form) => viewForm(call, form, fields)), ...(paging ? { paging } : {}) } };
}

function aboutForm(call: Call, form: InstantForm): Reply | null {
  if (call.edge === null) {
    if (!reaches(call, form.pageId)) throw refusals.notFound(call.object);
    need(call, "leads_retrieval", "pages_manage_ads");
    return { json: viewForm(call, form, fieldsOf(call.params, "id,locale,name,status")) };
  }
  if (call.edge !== "leads" && call.edge !== "test_leads") return null;
  allow(call, form.pageId);
  const isTest = call.edge === "test_leads";
  if (isTest && call.method === "POST") return testLead(call, form);
  return leadList(call, (lead) => lead.formId === form.id && lead.isTest === isTest);
}

function viewForm({ meta }: Call, form: InstantForm, fields: Field[]) {
  return pick(
    {
      id: () => form.id,
      name: () => form.name,
      status: () => form.status,
      locale: () => form.locale,
      page_id: () => form.pageId,
      created_time: () => "2026-09-01T08:00:00+0000",
      leads_count: () => meta.world.instantLeads.filter(({ formId, isTest }) => formId === form.id && !isTest).length,
      questions: () =>
        form.questions.map(({ key, label, type }, index) => ({ key, label, type, id: `${form.id.slice(4)}${index}` })),
    },
    fields,
  );
}

const filters = embedded(
  z
    .array(
      z.object({
        field: z.literal("time_created"),
        operator: z.enum(["GREATER_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN", "LESS_THAN_OR_EQUAL"]),
        value: z.coerce.number(),
      }),
    )
    .default([]),
);
const compare = {
  GREATER_THAN: (at: number, value: number) => at > value,
  GREATER_THAN_OR_EQUAL: (at: number, value: number) => at >= value,
  LESS_THAN: (at: number, value: number) => at < value,
  LESS_THAN_OR_EQUAL: (at: number, value: number) => at <= value,
};

/** Newest first. */
function leadList(call: Call, isMeant: (lead: InstantLead) => boolean): Reply {
  const wanted = readParam(filters, call.params.filtering);
  const leads = call.meta.world.instantLeads
    .filter((lead) => isMeant(lead) && isReadable(call, lead))
    .filter(({ createdAt }) =>
      wanted.every(({ operator, value }) => compare[operator](Math.floor(createdAt / 1000), value)),
    )
    .toSorted((one, other) => other.createdAt - one.createdAt);
  const { data, paging } = paged(call, leads, ({ id }) => id);
  const fields = fieldsOf(call.params, UNASKED);
  return { json: { data: data.map((lead) => viewLead(call, lead, fields)), ...(paging ? { paging } : {}) } };
}

/** A field about the ad that may not be read fails the whole call. */
function viewLead(call: Call, lead: InstantLead, fields: Field[]) {
  const ad = call.meta.world.ads.find(({ id }) => id === lead.adId);
  const ofAd = (value: string | undefined) => () => {
    need(call, "ads_management");
    if (ad !== undefined && !ad.campaign.areNamesAllowed) throw refusals.notFound(lead.id);
    return value;
  };
  return pick(
    {
      id: () => lead.id,
      created_time: () => isoTime(lead.createdAt),
      form_id: () => lead.formId,
      is_organic: () => lead.isOrganic,
      platform: () => lead.platform,
      field_data: () => lead.fieldData,
      custom_disclaimer_responses: () =>
        lead.consents.length === 0
          ? undefined
          : lead.consents.map(({ key, checked }) => ({ checkbox_key: key, is_checked: checked ? "1" : "" })),
      ad_id: ofAd(lead.adId ?? undefined),
      ad_name: ofAd(ad?.campaign.name),
      adset_id: ofAd(ad?.campaign.adsetId),
      adset_name: ofAd(ad?.campaign.adsetName),
      campaign_id: ofAd(ad?.campaign.campaignId),
      campaign_name: ofAd(ad?.campaign.campaignName),
      partner_name: () => undefined,
      vehicle: () => undefined,
      home_listing: () => undefined,
      retailer_item_id: () => undefined,
    },
    fields,
  );
}

const testBody = z.object({
  field_data: embedded(z.array(z.object({ name: z.string(), values: z.array(z.string()) })).optional()),
  custom_disclaimer_responses: embedded(
    z.array(z.object({ checkbox_key: z.string(), is_checked: z.union([z.boolean(), z.string()]) })).optional(),
  ),
});

/** One for each form at a time. */
function testLead(call: Call, form: InstantForm): Reply {
  const { world } = call.meta;
  if (world.instantLeads.some(({ formId, isTest }) => formId === form.id && isTest)) {
    throw refusals.invalid("A test lead exists for this form already; delete it first.");
  }
  const { field_data: given, custom_disclaimer_responses: consents = [] } = readParam(testBody, call.params);
  const dummy = form.questions.map(({ key, label }) => ({
    name: key,
    values: [`<test lead: dummy data for ${label}>`],
  }));
  const isTicked = (value: boolean | string) => value === true || value === "1";
  const lead = submitForm(call.meta, {
    pageId: form.pageId,
    formId: form.id,
    adId: undefined,
    isOrganic: true,
    isTest: true,
    answers: Object.fromEntries((given ?? dummy).map(({ name, values }) => [name, values])),
    consents: Object.fromEntries(consents.map(({ checkbox_key: key, is_checked: value }) => [key, isTicked(value)])),
    platform: "fb",
    at: call.at,
  });
  return { json: { id: lead.id } };
}
