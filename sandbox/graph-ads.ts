import { type Call, type Endpoint, need, type Reply, reaches, readParam, words } from "./graph-call.ts";
import { refusals } from "./graph-errors.ts";
import { type Field, fieldsOf, pick } from "./graph-fields.ts";
import type { Ad } from "./world-ads.ts";

/** Names of ads, their sets and campaigns; one by one, or up to fifty at once. */
const MOST = 50;

export const adEndpoint: Endpoint = (call) => {
  const { object, edge, params, method } = call;
  if (method !== "GET" || edge !== null) return null;
  if (object === "" && params.ids !== undefined) return several(call);
  const known = campaignThing(call, object, fieldsOf(params, "id"));
  return known === null ? null : { json: known };
};

function several(call: Call): Reply {
  const ids = readParam(words, call.params.ids);
  if (ids.length > MOST) throw refusals.invalid(`Too many IDs. Maximum: ${MOST}. Provided: ${ids.length}.`);
  const fields = fieldsOf(call.params, "id");
  const found = ids.map((id) => {
    const known = campaignThing(call, id, fields);
    // One that cannot be read fails the whole call.
    if (known === null) throw refusals.notFound(id);
    return [id, known] as const;
  });
  return { json: Object.fromEntries(found) };
}

function campaignThing(call: Call, id: string, fields: Field[]) {
  const { ads } = call.meta.world;
  const ad = ads.find((known) => known.id === id);
  if (ad !== undefined) return readable(call, ad, () => viewAd(ad, fields));
  const inSet = ads.find(({ campaign }) => campaign.adsetId === id);
  if (inSet !== undefined) return readable(call, inSet, () => viewSet(inSet, fields));
  const inCampaign = ads.find(({ campaign }) => campaign.campaignId === id);
  return inCampaign === undefined ? null : readable(call, inCampaign, () => viewCampaign(inCampaign, fields));
}

function readable<T>(call: Call, ad: Ad, view: () => T): T {
  need(call, "ads_read", "ads_management");
  if (!ad.campaign.areNamesAllowed || !reaches(call, ad.pageId)) throw refusals.notFound(call.object || ad.id);
  return view();
}

function viewAd({ id, pageId, campaign, ...ad }: Ad, fields: Field[]) {
  const whole = { id, pageId, campaign, ...ad };
  return pick(
    {
      id: () => id,
      name: () => campaign.name,
      status: () => campaign.effectiveStatus,
      effective_status: () => campaign.effectiveStatus,
      account_id: () => accountOf(pageId),
      adset_id: () => campaign.adsetId,
      campaign_id: () => campaign.campaignId,
      adset: ({ children }) => viewSet(whole, children ?? []),
      campaign: ({ children }) => viewCampaign(whole, children ?? []),
    },
    fields,
  );
}

function viewSet({ campaign, pageId }: Ad, fields: Field[]) {
  return pick(
    {
      id: () => campaign.adsetId,
      name: () => campaign.adsetName,
      effective_status: () => campaign.effectiveStatus,
      account_id: () => accountOf(pageId),
      campaign_id: () => campaign.campaignId,
    },
    fields,
  );
}

function viewCampaign({ campaign, pageId }: Ad, fields: Field[]) {
  return pick(
    {
      id: () => campaign.campaignId,
      name: () => campaign.campaignName,
      objective: () => "OUTCOME_LEADS",
      effective_status: () => campaign.effectiveStatus,
      account_id: () => accountOf(pageId),
    },
    fields,
  );
}

const accountOf = (pageId: string) => `7${pageId.slice(1)}`;
