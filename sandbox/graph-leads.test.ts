import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DREAM, isJson, type Json, KITCHEN, NOW, openStage, ROOF, SOLAR, type Stage } from "./testing.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const DAY = 86_400_000;
const FORM = "998877665544332";
const kitchenToken = `sandbox-page-token-${KITCHEN}`;
const refusal = (code: number, subcode?: number) => ({
  error: expect.objectContaining({ code, ...(subcode === undefined ? {} : { error_subcode: subcode }) }),
});
const read = async (path: string, token?: string) => (await stage.graph(path, undefined, token)).json;
const remove = async (path: string) => (await stage.graph(`${path}?method=delete`, {})).json;
const rows = ({ data }: Json): Json[] => (Array.isArray(data) ? data : []);

/** Somebody sends in a form; the id the webhook tells. */
async function submit(more: Json = {}): Promise<string> {
  const answers = { full_name: ["Kim Muster"], phone_number: ["+4915112345678"] };
  await stage.control("instant-forms/submit", { pageId: SOLAR, formId: FORM, adId: ROOF, answers, ...more });
  const [heard] = await stage.heard();
  const value = isJson(heard?.item.value) ? heard.item.value : {};
  return BigInt(String(value.leadgen_id)).toString();
}

describe("Instant Forms", () => {
  test("a lead's answers, its ad, and its consents", async () => {
    const id = await submit({ consents: { marketing_ok: true, partner_ok: false } });
    const fields =
      "id,created_time,ad_id,ad_name,campaign_name,form_id,is_organic,field_data,custom_disclaimer_responses";
    expect(await read(`${id}?fields=${fields}`)).toEqual({
      id,
      created_time: "2026-11-20T12:00:00+0000",
      ad_id: ROOF,
      ad_name: expect.any(String),
      campaign_name: expect.any(String),
      form_id: FORM,
      is_organic: false,
      field_data: [
        { name: "full_name", values: ["Kim Muster"] },
        { name: "phone_number", values: ["+4915112345678"] },
      ],
      custom_disclaimer_responses: [
        { checkbox_key: "marketing_ok", is_checked: "1" },
        { checkbox_key: "partner_ok", is_checked: "" },
      ],
    });
    expect(await read(id, kitchenToken)).toMatchObject(refusal(100, 33));
  });

  test("one field that may not be read fails the whole call", async () => {
    const id = await submit();
    await stage.control("faults", { removePermission: { pageId: SOLAR, permission: "ads_management" } });
    expect(await read(`${id}?fields=id,field_data,ad_name`)).toMatchObject(refusal(200));
    expect(await read(`${id}?fields=id,field_data`)).toMatchObject({ id });
    await stage.control("faults", { restorePermission: { pageId: SOLAR, permission: "ads_management" } });
    const ad = stage.sandbox.meta.world.ads.find((one) => one.id === ROOF);
    if (ad !== undefined) ad.campaign.areNamesAllowed = false;
    expect(await read(`${id}?fields=id,campaign_name`)).toMatchObject(refusal(100, 33));
  });

  test("without lead access nothing is readable, and the page says why", async () => {
    const id = await submit();
    const page = stage.sandbox.meta.world.pages.find((one) => one.id === SOLAR);
    expect((await read(`${SOLAR}?fields=has_lead_access`)).has_lead_access).toMatchObject({ can_access_lead: true });
    if (page !== undefined) page.hasLeadAccess = false;
    expect(await read(id)).toMatchObject(refusal(10));
    expect((await read(`${SOLAR}?fields=has_lead_access`)).has_lead_access).toMatchObject({
      can_access_lead: false,
      failure_reason: expect.stringContaining("Leads Access Manager"),
    });
  });

  test("lists are filtered by time, paged, and end after ninety days", async () => {
    const old = await submit();
    stage.clock.now += DAY;
    const young = await submit();
    const all = await read(`${FORM}/leads?fields=id&limit=1`);
    expect(rows(all)).toEqual([{ id: young }]);
    expect(rows(await (await fetch(Object(all.paging).next)).json())).toEqual([{ id: old }]);
    const since = (operator: string) =>
      encodeURIComponent(JSON.stringify([{ field: "time_created", operator, value: NOW / 1000 }]));
    expect(rows(await read(`${FORM}/leads?fields=id&filtering=${since("GREATER_THAN")}`))).toEqual([{ id: young }]);
    expect(rows(await read(`${ROOF}/leads?fields=id&filtering=${since("LESS_THAN_OR_EQUAL")}`))).toEqual([{ id: old }]);
    stage.clock.now = NOW + 90 * DAY + 1;
    expect(rows(await read(`${FORM}/leads?fields=id`))).toEqual([{ id: young }]);
    expect(await read(old)).toMatchObject(refusal(100, 33));
  });

  test("the page's forms tell their questions", async () => {
    await submit();
    expect(await read("me/leadgen_forms?fields=id,name,status,locale,questions,leads_count")).toMatchObject({
      data: [
        {
          id: FORM,
          status: "ACTIVE",
          locale: "de_DE",
          leads_count: 1,
          questions: expect.arrayContaining([expect.objectContaining({ key: "full_name", type: "FULL_NAME" })]),
        },
      ],
    });
  });

  test("one test lead at a time, which can be deleted; real ones cannot", async () => {
    const made = (await stage.graph(`${FORM}/test_leads`, {})).json;
    expect((await stage.heard())[0]?.item).toMatchObject({ field: "leadgen", value: { page_id: SOLAR } });
    expect(await read(`${String(made.id)}?fields=is_organic,field_data`)).toMatchObject({ is_organic: true });
    expect((await stage.graph(`${FORM}/test_leads`, {})).json).toMatchObject(refusal(100));
    expect(rows(await read(`${FORM}/test_leads`))).toHaveLength(1);
    expect(rows(await read(`${FORM}/leads`))).toEqual([]);
    expect(await remove(String(made.id))).toEqual({ success: true });
    expect(await remove(await submit())).toMatchObject(refusal(100));
  });
});

describe("names of ads", () => {
  test("one by one with set and campaign, and many at once", async () => {
    const one = await read(`${ROOF}?fields=name,effective_status,adset{id,name},campaign{name,objective},account_id`);
    expect(one).toMatchObject({
      id: ROOF,
      name: expect.any(String),
      adset: { id: expect.any(String), name: expect.any(String) },
      campaign: { name: expect.any(String), objective: "OUTCOME_LEADS" },
    });
    const { id: setId } = Object(one.adset);
    expect(await read(`?ids=${ROOF},${setId}&fields=name`)).toEqual({
      [ROOF]: { id: ROOF, name: one.name },
      [setId]: { id: setId, name: Object(one.adset).name },
    });
    const many = Array.from({ length: 51 }, () => ROOF).join(",");
    expect(await read(`?ids=${many}&fields=name`)).toMatchObject(refusal(100));
  });

  test("those of others, and those nobody may see, are not there", async () => {
    expect(await read(`${DREAM}?fields=name`)).toMatchObject(refusal(100, 33));
    expect(await read(`?ids=${ROOF},1&fields=name`)).toMatchObject(refusal(100, 33));
    const ad = stage.sandbox.meta.world.ads.find(({ id }) => id === ROOF);
    if (ad !== undefined) ad.campaign.areNamesAllowed = false;
    expect(await read(`${ROOF}?fields=name`)).toMatchObject(refusal(100, 33));
  });
});

describe("labels", () => {
  test("are made, attached, told of, taken off, and removed", async () => {
    const psid = await stage.lead(DREAM);
    const kitchen = async (path: string, body?: Json) => (await stage.graph(path, body, kitchenToken)).json;
    const { id } = await kitchen("me/custom_labels", { page_label_name: "Wichtig" });
    expect(await kitchen(`${id}/label?user=${psid}`, {})).toEqual({ success: true });
    expect((await stage.heard())[0]?.item).toMatchObject({
      value: { action: "add", user: { id: psid }, label: { id, page_label_name: "Wichtig" } },
    });
    expect(await kitchen(`${psid}/custom_labels?fields=page_label_name`)).toMatchObject({
      data: [{ id, page_label_name: "Wichtig" }],
    });
    expect(await kitchen(`${id}/label?user=${psid}&method=delete`, {})).toEqual({ success: true });
    expect((await stage.heard())[0]?.item).toMatchObject({ value: { action: "remove" } });
    expect(rows(await kitchen("me/custom_labels"))).toMatchObject([{ id }]);
    expect(await kitchen(`${id}?method=delete`, {})).toEqual({ success: true });
    expect(rows(await kitchen("me/custom_labels"))).toEqual([]);
  });

  test("want the contact terms accepted", async () => {
    const psid = await stage.lead();
    const page = stage.sandbox.meta.world.pages.find(({ id }) => id === SOLAR);
    if (page !== undefined) page.hasLabelTerms = false;
    expect(await read(`${psid}/custom_labels`)).toMatchObject(refusal(2, 2018344));
    expect(await read("me/custom_labels")).toMatchObject(refusal(2, 2018344));
  });
});
