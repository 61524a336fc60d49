import { beforeAll, beforeEach, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { readSample, type SampleName } from "#lib/messenger/samples/read-sample.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { applyDeliveries } from "./apply-deliveries.ts";
import { keepDelivery } from "./keep-delivery.ts";
import { ledgerGap } from "./ledger.ts";
import { type ReadAgainPlace, readAgain } from "./read-again.ts";
import { readLedger } from "./read-ledger.ts";
import { deliver, SOLAR as pageId } from "./testing.ts";

beforeAll(() => connectPage({ id: pageId, name: "Solar Süd", token: "t" }));
beforeEach(async () => {
  await prisma.event.deleteMany();
  await prisma.rawDelivery.deleteMany();
  await prisma.deliveryPage.deleteMany();
  await prisma.person.deleteMany();
});

/** A delivery as a version left it that did not know this kind of event. */
async function keptByAnOlderVersion(name: SampleName, what: string, position = 0): Promise<void> {
  await keepDelivery(new Uint8Array(readSample(name)), {});
  const { id, receivedAt } = await prisma.rawDelivery.findFirstOrThrow({ where: { state: "waiting" } });
  await prisma.rawDelivery.update({ where: { id }, data: { state: "opened", openedAt: new Date() } });
  const row = { pageId, key: `unknown:${what}:${name}:${position}`, kind: "unknown", at: receivedAt, receivedAt };
  await prisma.event.create({ data: { ...row, deliveryId: id, position, state: "ignored", stateReason: what } });
  await prisma.deliveryPage.create({
    data: { pageId, deliveryId: id, receivedAt, eventCount: 1, duplicateCount: 0 },
  });
}

async function walk(): Promise<void> {
  let place: ReadAgainPlace | null = null;
  do place = await readAgain(place);
  while (place !== null);
  while (await applyDeliveries());
  expect((await readLedger(2, "UTC")).days.flatMap((day) => ledgerGap(day) ?? [])).toEqual([]);
}

const states = async () =>
  (await prisma.event.findMany({ orderBy: { key: "asc" } })).map(({ kind, state }) => [kind, state]);

test("what an older version kept without understanding it is applied, once", async () => {
  await keptByAnOlderVersion("optin", "optin");
  await keptByAnOlderVersion("policy-block", "policy_enforcement");
  await keptByAnOlderVersion("feedback", "messaging_feedback");
  await walk();
  await walk();
  expect(await prisma.threadNotice.findMany({ orderBy: { kind: "asc" } })).toMatchObject([
    { kind: "feedback" },
    { kind: "optin" },
  ]);
  expect(await prisma.pageTrouble.findMany()).toMatchObject([{ kind: "restricted" }]);
  const [read, unread] = [await states(), ["unknown", "replaced"]];
  expect(read.map(([, state]) => state).filter((state) => state === "applied")).toHaveLength(3);
  expect(read.filter(([kind]) => kind === "unknown")).toEqual([unread, unread, unread]);
});

test("one that came again meanwhile is not applied twice", async () => {
  await deliver(Buffer.from(readSample("order")).toString());
  await keptByAnOlderVersion("order", "order");
  await walk();
  expect(await prisma.threadNotice.count()).toBe(1);
  expect((await states()).map(([, state]) => state).sort()).toEqual(["applied", "replaced"]);
});

test("what is still unknown stays kept, and so does what lost its bytes", async () => {
  await keptByAnOlderVersion("hologram", "hologram");
  await keptByAnOlderVersion("message-user-ref", "message");
  await keptByAnOlderVersion("optin", "optin");
  await prisma.rawDelivery.deleteMany({ where: { NOT: { id: (await newest("message")).deliveryId } } });
  await walk();
  expect((await states()).filter(([, state]) => state === "ignored")).toHaveLength(3);
  expect((await states()).filter(([, state]) => state === "applied")).toEqual([]);
});

const newest = (what: string) => prisma.event.findFirstOrThrow({ where: { stateReason: what } });
