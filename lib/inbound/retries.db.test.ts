import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { applyDeliveries } from "./apply-deliveries.ts";
import { applyWaitingEvents } from "./apply-waiting-events.ts";
import { delivery, userMessage } from "./item-samples.ts";
import { keepDelivery } from "./keep-delivery.ts";
import { parkEvent } from "./park-event.ts";
import { deliver, KITCHEN, newThread, SOLAR as pageId } from "./testing.ts";

const at = new Date(Date.UTC(2026, 10, 20, 10));
type Thread = ReturnType<typeof newThread>;
const message = (thread: Thread, text = "Hi") => userMessage(thread, at, `m_${text}_${thread.psid}`, text);
const keep = (...items: object[]) =>
  keepDelivery(new TextEncoder().encode(JSON.stringify(delivery(pageId, ...items))), {});
const rowOf = (id: string) => prisma.rawDelivery.findUniqueOrThrow({ where: { id }, omit: { body: true } });
const messagesOf = async (thread: Thread) => (await prisma.message.findMany({ where: thread })).map(({ text }) => text);

beforeAll(async () => {
  await connectPage({ id: pageId, name: "Solar Süd", token: "t" });
  // A database that is well and cannot do this now: somebody else holds a lock.
  await prisma.$executeRaw`
    CREATE FUNCTION refuse_for_now() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW.text = 'later' THEN RAISE EXCEPTION 'not now' USING ERRCODE = '55P03'; END IF; RETURN NEW; END $$`;
});
beforeEach(() => prisma.rawDelivery.updateMany({ data: { state: "opened" } }));

const refuse = () =>
  prisma.$executeRaw`CREATE OR REPLACE TRIGGER refuse_for_now BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION refuse_for_now()`;
const allow = () => prisma.$executeRaw`DROP TRIGGER refuse_for_now ON message`;

describe("what fails for a passing reason", () => {
  test("waits and is applied later, counted once; its neighbours are applied at once", async () => {
    await refuse();
    const [held, neighbour] = [newThread(), newThread()];
    const id = await keep(message(held, "later"), message(neighbour));
    await expect(applyDeliveries()).rejects.toThrow();
    expect(await rowOf(id)).toMatchObject({ state: "waiting", attempts: 1 });
    expect(await messagesOf(neighbour)).toEqual(["Hi"]);
    expect(await prisma.event.count({ where: { ...held } })).toBe(0);

    await allow();
    expect(await applyDeliveries()).toBe(true);
    expect(await messagesOf(held)).toEqual(["later"]);
    expect(await rowOf(id)).toMatchObject({ state: "opened", eventCount: 2, duplicateCount: 0 });
  });

  test("pauses longer each time and stands in nobody's way", async () => {
    await refuse();
    const [held, other] = [newThread(), newThread()];
    const stuck = await keep(message(held, "later"));
    for (let tried = 0; tried < 4; tried += 1) await expect(applyDeliveries()).rejects.toThrow();
    expect(await applyDeliveries()).toBe(false);
    await keep(message(other));
    expect(await applyDeliveries()).toBe(true);
    expect(await messagesOf(other)).toEqual(["Hi"]);

    // However often it failed, the pause ends within the hour, and the queue can still be read.
    const hourAgo = new Date(Date.now() - 60 * 60 * 1000);
    await prisma.rawDelivery.update({ where: { id: stuck }, data: { attempts: 2_000, leaseUntil: hourAgo } });
    await allow();
    expect(await applyDeliveries()).toBe(true);
    expect(await messagesOf(held)).toEqual(["later"]);
  });

  test("is parked with its reason when it does not pass", async () => {
    await refuse();
    const held = newThread();
    const id = await keep(message(held, "later"));
    await prisma.rawDelivery.update({ where: { id }, data: { attempts: 19 } });
    expect(await applyDeliveries()).toBe(true);
    expect(await rowOf(id)).toMatchObject({ state: "opened" });
    expect(await prisma.event.findMany({ where: held })).toMatchObject([{ state: "parked" }]);
    await allow();
  });
});

test("parking takes nothing back that was applied meanwhile", async () => {
  const thread = newThread();
  await deliver(delivery(pageId, message(thread)));
  const { key, deliveryId } = await prisma.event.findFirstOrThrow({ where: thread });
  const event = {
    kind: "unknown",
    what: "x",
    ...thread,
    key,
    at,
    position: 0,
    channel: "messaging",
    platform: "page",
  } as const;
  await parkEvent({ ...event, deliveryId, receivedAt: at }, "too slow");
  expect(await prisma.event.findMany({ where: thread })).toMatchObject([{ state: "applied" }]);
});

test("ids as long as they may be are applied; longer ones, which no index holds, do not hold up the rest", async () => {
  const long = (from: number, letters: number) =>
    Array.from({ length: letters }, (_, i) => String.fromCharCode(0x4e00 + ((from + i * 7919) % 20_000))).join("");
  const thread = { pageId: long(1, 170), psid: long(2, 170) };
  await connectPage({ id: thread.pageId, name: "Odd", token: "t" });
  const neighbour = newThread();
  const endless = { pageId: long(3, 512), psid: long(4, 512) };
  await deliver({
    object: "page",
    entry: [
      { id: endless.pageId, messaging: [userMessage(endless, at, long(5, 512), "Hi")] },
      { id: thread.pageId, messaging: [userMessage(thread, at, long(6, 170), "Hi")] },
      { id: pageId, messaging: [message(neighbour)] },
    ],
  });
  expect(await messagesOf(thread)).toEqual(["Hi"]);
  expect(await messagesOf(neighbour)).toEqual(["Hi"]);
  expect(await prisma.rawDelivery.count({ where: { state: "waiting" } })).toBe(0);
  expect(await prisma.event.count({ where: { pageId: "0" } })).toBe(1);
});

test("waiting events that cannot be found again do not hold up the others", async () => {
  const thread = newThread(KITCHEN);
  await deliver(delivery(KITCHEN, message(thread)));
  const { deliveryId } = await prisma.event.findFirstOrThrow({ where: thread });
  const lost = { pageId: KITCHEN, kind: "message", psid: thread.psid, state: "waiting", at, position: 0, deliveryId };
  await prisma.event.createMany({
    data: Array.from({ length: 250 }, (_, i) => ({ ...lost, key: `gone:${i}`, receivedAt: new Date(0) })),
  });
  await connectPage({ id: KITCHEN, name: "Nordlicht Küchen", token: "t" });
  while ((await applyWaitingEvents()) > 0);
  expect(await messagesOf(thread)).toEqual(["Hi"]);
  expect(await prisma.event.count({ where: { pageId: KITCHEN, state: "parked" } })).toBe(250);
});
