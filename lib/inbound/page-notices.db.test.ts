import { beforeAll, beforeEach, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { readSample, type SampleName } from "#lib/messenger/samples/read-sample.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { deliver, SOLAR as pageId } from "./testing.ts";

beforeAll(() => connectPage({ id: pageId, name: "Solar Süd", token: "t" }));
beforeEach(async () => {
  await prisma.event.deleteMany();
  await prisma.pageHistory.deleteMany();
  await prisma.pageTrouble.deleteMany();
});

const deliverSample = (name: SampleName) => deliver(Buffer.from(readSample(name)).toString());
const troubles = async () =>
  (await prisma.pageTrouble.findMany({ where: { pageId }, orderBy: { kind: "asc" } })).map(({ kind }) => kind);
const told = async (page = pageId) =>
  (await prisma.pageHistory.findMany({ where: { pageId: page }, orderBy: { at: "asc" } })).map(({ kind, data }) => ({
    kind,
    data,
  }));

const warning = "policy-warning";
const block = "policy-block";
const unblock = "policy-unblock";

test.each<[string[], SampleName[]]>([
  [["warned"], [warning]],
  [["restricted"], [warning, block]],
  [["restricted"], [block, warning]],
  [["restricted"], ["policy-block-older"]],
  [[], [warning, block, unblock]],
  [[], [unblock, block, warning]],
  [[], [block, unblock, warning]],
])("the page is %j after %j, each sent twice", async (expected, names) => {
  for (const name of [...names, ...names]) await deliverSample(name);
  expect(await troubles()).toEqual(expected);
  expect(await prisma.pageHistory.count({ where: { pageId, kind: "policy" } })).toBe(names.length);
});

test("an unblock ends a restriction that a refused call had found", async () => {
  await prisma.pageTrouble.create({ data: { pageId, kind: "restricted", reason: "pageRestricted" } });
  await deliverSample(unblock);
  expect(await troubles()).toEqual([]);
});

test("a notice that is older than what is known changes nothing that was found since", async () => {
  await deliverSample(unblock);
  await prisma.pageTrouble.create({ data: { pageId, kind: "restricted", reason: "pageRestricted" } });
  await deliverSample(block);
  expect(await troubles()).toEqual(["restricted"]);
});

test("the reason Meta gives is kept for the page's history", async () => {
  await deliverSample(block);
  expect(await told()).toEqual([{ kind: "policy", data: { action: "block", reason: "Too many complaints" } }]);
});

test.each<[SampleName, string, string]>([
  ["dashboard-test", "0", "messaging_postbacks"],
  ["dashboard-test-message", "0", "messages"],
  ["instant-form-test", "0", "leadgen"],
  ["smoke-test", "0", "message"],
])("%s is told as a test and makes nothing else", async (name, page, field) => {
  const count = async () => [await prisma.lead.count(), await prisma.message.count(), await prisma.person.count()];
  const before = await count();
  await deliverSample(name);
  await deliverSample(name);
  expect(await told(page)).toEqual([{ kind: "test_received", data: { field } }]);
  expect(await count()).toEqual(before);
});

test("roles of the old protocol are told", async () => {
  await deliverSample("app-roles");
  expect(await told()).toEqual([{ kind: "roles_changed", data: { roles: ["1122334455667788: primary_receiver"] } }]);
});

test("instant forms become leads of the second source, organic ones too, each once", async () => {
  await deliverSample("instant-form-leads");
  await deliverSample("instant-form-leads");
  const leads = await prisma.instantLead.findMany({
    where: { pageId },
    orderBy: { leadgenId: "asc" },
    include: { lead: true },
  });
  expect(leads).toMatchObject([
    { leadgenId: "1330044556677889", adId: "120231004567890123", lead: { source: "instant_form", psid: null } },
    { leadgenId: "1330044556677890", adId: null, formId: "998877665544332", lead: { source: "instant_form" } },
  ]);
});
