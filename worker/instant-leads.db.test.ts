import { afterAll, beforeAll, expect, test } from "vitest";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { ads, openStage, SOLAR, type Stage } from "#lib/inbound/testing.ts";
import { findLeads } from "#lib/leads/find-leads.ts";
import { getLead } from "#lib/leads/get-lead.ts";
import { emptyLeadFilter } from "#lib/leads/lead-filter.ts";
import type { LeadPage } from "#lib/leads/lead-page.ts";
import { setDone } from "#lib/leads/set-done.ts";
import { setStage } from "#lib/leads/set-stage.ts";
import { newViewer } from "../prisma/factories.ts";
import { fetchNamesOfAds } from "./fetch-ad-names.ts";
import { fetchInstantLeads } from "./fetch-instant-leads.ts";

let stage: Stage;
let viewer: Viewer;
beforeAll(async () => {
  stage = await openStage();
  viewer = await newViewer({ name: "Ada" });
});
afterAll(() => stage.close());

const person = { full_name: ["Kim Muster"], phone_number: ["+4915112345678"] };

/** Somebody sends a form in, and Meta announces it. */
async function submit(more: object = {}): Promise<{ pageId: string; id: string }> {
  const before = await prisma.instantLead.findMany({ select: { leadId: true } });
  await stage.control("instant-forms/submit", { pageId: SOLAR, adId: ads.roof, answers: person, ...more });
  await stage.settle();
  const { leadId } = await prisma.instantLead.findFirstOrThrow({
    where: { leadId: { notIn: before.map((one) => one.leadId) } },
  });
  return { pageId: SOLAR, id: leadId };
}

async function shown(ref: { pageId: string; id: string }): Promise<LeadPage> {
  const lead = await getLead(ref, viewer);
  if (lead === null || "alias" in lead) throw new Error("The lead must be there.");
  return lead;
}

const due = () =>
  prisma.instantLead.updateMany({ where: { state: { not: "fetched" } }, data: { fetchDueAt: new Date(0) } });

test("a form makes a lead at once, and its answers follow", async () => {
  const ref = await submit({ consents: { marketing_ok: true, partner_ok: false } });
  expect(await shown(ref)).toMatchObject({
    source: "instant_form",
    status: "complete",
    psid: null,
    thread: null,
    answers: [],
    form: { state: "waiting" },
  });
  expect((await shown(ref)).waitingSince).not.toBeNull();

  expect(await fetchInstantLeads.step()).toBe(true);
  expect(await fetchInstantLeads.step()).toBe(false);
  const lead = await shown(ref);
  expect(lead).toMatchObject({
    name: "Kim Muster",
    form: { state: "fetched", isOrganic: false },
    ad: { id: ads.roof },
  });
  expect(lead.answers.map(({ answer }) => answer)).toEqual(expect.arrayContaining(["Kim Muster", "+4915112345678"]));
  expect(lead.form?.formName).not.toBeNull();
  expect(lead.form?.consents).toEqual([
    { key: "marketing_ok", isChecked: true },
    { key: "partner_ok", isChecked: false },
  ]);
});

test("it is found by what was answered, and listed beside the others", async () => {
  await submit({ answers: { ...person, full_name: ["Ingeborg Formularius"] } });
  await fetchInstantLeads.step();
  const { rows } = await findLeads({ ...emptyLeadFilter(), q: "formularius" }, viewer);
  expect(rows).toMatchObject([{ name: "Ingeborg Formularius", source: "instant_form", psid: null, control: null }]);
});

test("the same announcement twice is one lead", async () => {
  const count = await prisma.lead.count();
  await stage.control("delivery", { repeat: 2 });
  await submit();
  await stage.control("delivery", { repeat: 0 });
  expect(await prisma.lead.count()).toBe(count + 1);
  await fetchInstantLeads.step();
});

test("answers Meta refuses are asked for again, and the lead says why they are missing", async () => {
  await patch({ leadAccess: false });
  const ref = await submit();
  await fetchInstantLeads.step();
  expect((await shown(ref)).form).toMatchObject({ state: "refused" });
  expect(await prisma.pageTrouble.count({ where: { pageId: SOLAR } })).toBe(0);

  await patch({ leadAccess: true });
  await due();
  await fetchInstantLeads.step();
  expect((await shown(ref)).form).toMatchObject({ state: "fetched" });
});

test("nobody waits once somebody worked on it", async () => {
  const ref = await submit();
  await fetchInstantLeads.step();
  await setDone(ref, true, viewer);
  expect((await shown(ref)).waitingSince).toBeNull();
  await setDone(ref, false, viewer);
  expect((await shown(ref)).waitingSince).not.toBeNull();
  await setStage(ref, { stage: "contacted" }, viewer);
  expect((await shown(ref)).waitingSince).toBeNull();
});

test("an organic lead names no ad", async () => {
  const ref = await submit({ adId: undefined, organic: true });
  await fetchInstantLeads.step();
  expect(await shown(ref)).toMatchObject({ ad: null, form: { isOrganic: true } });
});

test("ads get the names they have in Ads Manager, and keep their title where Meta tells none", async () => {
  await stage.play(ads.battery, "complete");
  await stage.settle();
  await template(ads.battery, { namesAllowed: false });
  await prisma.ad.updateMany({ data: { name: null, campaignName: null, namesTries: 0, namesRetryAt: null } });
  expect(await fetchNamesOfAds.step()).toBe(true);
  expect(await fetchNamesOfAds.step()).toBe(false);
  const named = await prisma.ad.findMany({ orderBy: { adId: "asc" } });
  expect(named.find(({ adId }) => adId === ads.roof)).toMatchObject({
    name: expect.any(String),
    campaignName: expect.any(String),
  });
  expect(named.find(({ adId }) => adId === ads.battery)).toMatchObject({ name: null, title: expect.any(String) });
});

async function patch(body: object): Promise<void> {
  await put("PATCH", `pages/${SOLAR}`, body);
}

async function template(adId: string, body: object): Promise<void> {
  await put("PUT", `templates/${adId}`, body);
}

async function put(method: string, path: string, body: object): Promise<void> {
  const response = await fetch(`${process.env.META_GRAPH_URL}/control/${path}`, { method, body: JSON.stringify(body) });
  expect(response.status).toBe(200);
}
