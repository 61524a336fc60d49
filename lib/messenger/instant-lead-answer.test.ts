import { expect, test } from "vitest";
import { fewestInstantLeadFields, instantLeadAnswer, instantLeadFields } from "./instant-lead-answer.ts";

const whole = {
  id: "1330044556677889",
  created_time: "2026-11-22T10:40:00+0000",
  form_id: "998877665544332",
  ad_id: "120231004567890123",
  ad_name: "Solar roof check",
  adset_id: "120231004567890124",
  adset_name: "Stuttgart",
  campaign_id: "120231004567890125",
  campaign_name: "Autumn",
  is_organic: false,
  platform: "ig",
  field_data: [
    { name: "email", values: ["mia@example.org"] },
    { name: "roof", values: ["flat", "pitched"] },
  ],
  custom_disclaimer_responses: [
    { checkbox_key: "news", is_checked: "1" },
    { checkbox_key: "calls", is_checked: "" },
    { checkbox_key: "post" },
  ],
};

test("a form's submission is read whole", () => {
  expect(instantLeadAnswer.parse(whole)).toEqual({
    id: "1330044556677889",
    at: new Date("2026-11-22T10:40:00Z"),
    formId: "998877665544332",
    adId: "120231004567890123",
    adName: "Solar roof check",
    adsetId: "120231004567890124",
    adsetName: "Stuttgart",
    campaignId: "120231004567890125",
    campaignName: "Autumn",
    isOrganic: false,
    platform: "ig",
    answers: [
      { key: "email", values: ["mia@example.org"] },
      { key: "roof", values: ["flat", "pitched"] },
    ],
    consents: [
      { key: "news", isChecked: true },
      { key: "calls", isChecked: false },
      { key: "post", isChecked: false },
    ],
  });
});

test("without anything but its id it is still one, without that it is none", () => {
  const nothing = { adId: null, adName: null, adsetId: null, adsetName: null, campaignId: null, campaignName: null };
  expect(instantLeadAnswer.parse({ id: 5 })).toEqual({
    ...nothing,
    id: "5",
    at: null,
    formId: null,
    isOrganic: null,
    platform: null,
    answers: [],
    consents: [],
  });
  expect(instantLeadAnswer.safeParse({ ...whole, id: "" }).success).toBe(false);
});

test("an ad that is none, of an organic lead, is no ad", () => {
  expect(instantLeadAnswer.parse({ ...whole, ad_id: "0", is_organic: true })).toMatchObject({
    adId: null,
    isOrganic: true,
  });
});

test("all that is read is asked for, and the fewest are among them", () => {
  expect(instantLeadFields.split(",").toSorted()).toEqual(Object.keys(whole).toSorted());
  for (const field of fewestInstantLeadFields.split(",")) expect(instantLeadFields.split(",")).toContain(field);
});
