import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getAds } from "./get-ads.ts";
import { getInstantForm } from "./get-instant-form.ts";
import { getInstantLead } from "./get-instant-lead.ts";
import { type PlayedMeta, playMeta, refusal } from "./graph-testing.ts";
import { listFormLeads } from "./list-form-leads.ts";

let meta: PlayedMeta;
beforeAll(async () => {
  meta = await playMeta();
});
beforeEach(() => void meta.asked());
afterAll(() => meta.close());

const submitted = {
  id: 1330044556677889,
  created_time: "2026-11-20T09:58:41+0000",
  form_id: 998877665544332,
  field_data: [
    { name: "full_name", values: ["Kim Muster"] },
    { name: "wann_dürfen_wir_anrufen?", values: ["vormittags", "abends"] },
    { values: ["nobody's"] },
  ],
};
const full = {
  ...submitted,
  ad_id: "120231004567890123",
  ad_name: "Video A",
  adset_id: "120231004567890100",
  adset_name: "BW 30-60",
  campaign_id: "120231004567890001",
  campaign_name: "Solar Q4",
  is_organic: false,
  platform: "fb",
  custom_disclaimer_responses: [
    { checkbox_key: "marketing_ok", is_checked: "1" },
    { checkbox_key: "partner_ok", is_checked: "" },
    { checkbox_key: "terms", is_checked: true },
  ],
};
const facts = {
  id: "1330044556677889",
  at: new Date("2026-11-20T09:58:41Z"),
  formId: "998877665544332",
  answers: [
    { key: "full_name", values: ["Kim Muster"] },
    { key: "wann_dürfen_wir_anrufen?", values: ["vormittags", "abends"] },
  ],
};

describe("getInstantLead", () => {
  test("reads answers, consents and the ad", async () => {
    meta.answer({ json: full });
    expect(await getInstantLead("1330044556677889", "t")).toMatchObject({
      outcome: "ok",
      value: {
        ...facts,
        adId: "120231004567890123",
        adName: "Video A",
        adsetName: "BW 30-60",
        campaignName: "Solar Q4",
        isOrganic: false,
        platform: "fb",
        consents: [
          { key: "marketing_ok", isChecked: true },
          { key: "partner_ok", isChecked: false },
          { key: "terms", isChecked: true },
        ],
      },
    });
  });

  test.each([[10], [100], [200], [272]])("takes the answers alone where code %i refuses the ad", async (code) => {
    meta.answer(refusal(code), { json: submitted });
    const answer = await getInstantLead("1330044556677889", "t");
    expect(answer).toMatchObject({ outcome: "ok", value: { ...facts, adId: null, adName: null, consents: [] } });
    expect(meta.asked().map(({ query }) => query.fields?.includes("ad_id"))).toEqual([true, false]);
  });

  test("does not ask twice where the second time would end the same way", async () => {
    meta.answer(refusal(190), refusal(80005));
    expect(await getInstantLead("1", "t")).toMatchObject({ outcome: "refused", class: "auth" });
    expect(await getInstantLead("1", "t")).toMatchObject({ outcome: "refused", class: "throttled" });
    expect(meta.asked()).toHaveLength(2);
  });

  test("a lead without a name is one without answers, not a failure", async () => {
    meta.answer({ json: { id: "1" } }, { json: {} });
    expect(await getInstantLead("1", "t")).toMatchObject({ outcome: "ok", value: { id: "1", at: null, answers: [] } });
    expect(await getInstantLead("1", "t")).toMatchObject({ outcome: "unclear" });
  });
});

test("a form's leads are listed since a moment, with the answers alone where the ads are refused", async () => {
  const paging = { cursors: { after: "x" }, next: "https://graph.facebook.com/…" };
  meta.answer(refusal(200), { json: { data: [submitted, {}], paging } });
  const since = new Date("2026-11-19T00:00:00Z");
  const answer = await listFormLeads("998877665544332", "t", { since, after: "w" });
  expect(answer).toMatchObject({ outcome: "ok", value: { leads: [facts], after: "x" } });
  const filtering = [{ field: "time_created", operator: "GREATER_THAN", value: 1795046400 }];
  const [first, second] = meta.asked();
  expect(JSON.parse(first?.query.filtering ?? "")).toEqual(filtering);
  expect(second?.query).toMatchObject({ after: "w", limit: "100", filtering: JSON.stringify(filtering) });
});

test("a form has a name and questions", async () => {
  const questions = [{ key: "email", label: "E-Mail", type: "EMAIL" }, { key: "q1" }, { label: "No key" }];
  meta.answer({ json: { id: 1, name: "Beratung", locale: "de_DE", questions } });
  expect(await getInstantForm("1", "t")).toMatchObject({
    value: {
      name: "Beratung",
      locale: "de_DE",
      questions: [
        { key: "email", label: "E-Mail" },
        { key: "q1", label: "q1" },
      ],
    },
  });
});

describe("getAds", () => {
  const A = "120231004567890123";
  const B = "120231004567890124";
  const ad = (id: string) => ({
    id,
    name: `Ad ${id.at(-1)}`,
    effective_status: "ACTIVE",
    adset: { id: "7", name: "BW" },
    campaign: { id: "8", name: "Solar", objective: "OUTCOME_LEADS" },
    account_id: 55,
  });
  const found = (id: string) => ({
    outcome: "found",
    ad: {
      name: `Ad ${id.at(-1)}`,
      status: "ACTIVE",
      adset: { id: "7", name: "BW" },
      campaign: { id: "8", name: "Solar", objective: "OUTCOME_LEADS" },
      accountId: "55",
    },
  });

  test("asks for several at once", async () => {
    meta.answer({ json: { [A]: ad(A), [B]: ad(B) } });
    const { ads } = await getAds([A, B, A], "t");
    expect([...ads]).toEqual([
      [A, found(A)],
      [B, found(B)],
    ]);
    expect(meta.asked()).toMatchObject([{ path: "/v26.0/", query: { ids: `${A},${B}` } }]);
  });

  test("one ad that Meta does not show does not hide the others", async () => {
    meta.answer(refusal(100, 33), { json: ad(A) }, refusal(100, 33));
    const { ads } = await getAds([A, B], "t");
    expect([...ads]).toEqual([
      [A, found(A)],
      [B, { outcome: "hidden", class: "input" }],
    ]);
  });

  test("limits and failures say nothing about an ad, and end the asking", async () => {
    const usage = { headers: { "x-ad-account-usage": '{"acc_id_util_pct":100,"reset_time_duration":60}' } };
    meta.answer({ ...refusal(80004), ...usage });
    expect(await getAds([A, B], "t")).toEqual({
      ads: new Map([
        [A, { outcome: "later" }],
        [B, { outcome: "later" }],
      ]),
      usage: { percent: 100, limit: "ad_account", retryAfterMs: 60_000 },
    });
    meta.answer(refusal(200), { json: ad(A) }, refusal(613));
    expect([...(await getAds([A, B], "t")).ads.values()]).toEqual([found(A), { outcome: "later" }]);
    expect(meta.asked()).toHaveLength(4);
  });

  test("no ad, no call; an ad missing in the answer is hidden; a single one is not asked for twice", async () => {
    expect((await getAds([], "t")).ads.size).toBe(0);
    meta.answer({ json: { [A]: ad(A) } });
    expect((await getAds([A, B], "t")).ads.get(B)).toEqual({ outcome: "hidden", class: "input" });
    meta.answer(refusal(272));
    expect((await getAds([A], "t")).ads.get(A)).toEqual({ outcome: "hidden", class: "permission" });
    expect(meta.asked()).toHaveLength(2);
  });
});
