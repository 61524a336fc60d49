import { z } from "zod";
import { claimField, idField, listOf, requiredId, textField, textsField, timeField } from "./graph-fields.ts";
import { readAdId } from "./meta-id.ts";

/** A submission of an instant form, as Graph tells it one by one and in lists. */
export type InstantLeadFacts = {
  id: string;
  at: Date | null;
  formId: string | null;
  adId: string | null;
  adName: string | null;
  adsetId: string | null;
  adsetName: string | null;
  campaignId: string | null;
  campaignName: string | null;
  isOrganic: boolean | null;
  platform: string | null;
  /** By the question's key; a question may have several answers. */
  answers: { key: string; values: string[] }[];
  /** Boxes people agreed with, or did not. */
  consents: { key: string; isChecked: boolean }[];
};

export const instantLeadFields =
  "id,created_time,ad_id,ad_name,adset_id,adset_name,campaign_id,campaign_name,form_id,is_organic,platform,field_data,custom_disclaimer_responses";
/** One field that is refused, of the ad say, costs the whole call; these are not. */
export const fewestInstantLeadFields = "id,created_time,form_id,field_data";

const adText = z.unknown().optional().transform(readAdId);
const answer = z
  .object({ name: z.string(), values: textsField })
  .transform(({ name, values }) => ({ key: name, values }));
const consent = z
  .object({ checkbox_key: z.string(), is_checked: claimField })
  .transform(({ checkbox_key, is_checked }) => ({ key: checkbox_key, isChecked: is_checked === true }));

export const instantLeadAnswer = z
  .object({
    id: requiredId,
    created_time: timeField,
    form_id: idField,
    ad_id: adText,
    ad_name: textField,
    adset_id: adText,
    adset_name: textField,
    campaign_id: adText,
    campaign_name: textField,
    is_organic: claimField,
    platform: textField,
    field_data: listOf(answer),
    custom_disclaimer_responses: listOf(consent),
  })
  .transform(
    (lead): InstantLeadFacts => ({
      id: lead.id,
      at: lead.created_time,
      formId: lead.form_id,
      adId: lead.ad_id,
      adName: lead.ad_name,
      adsetId: lead.adset_id,
      adsetName: lead.adset_name,
      campaignId: lead.campaign_id,
      campaignName: lead.campaign_name,
      isOrganic: lead.is_organic,
      platform: lead.platform,
      answers: lead.field_data,
      consents: lead.custom_disclaimer_responses,
    }),
  );
