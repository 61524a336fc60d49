import { beforeEach, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { newViewer } from "../../prisma/factories.ts";
import { applyDeliveries } from "./apply-deliveries.ts";
import { findLedger } from "./find-ledger.ts";
import { delivery, userMessage } from "./item-samples.ts";
import { keepDelivery } from "./keep-delivery.ts";
import { ledgerGap } from "./ledger.ts";
import { readLedger } from "./read-ledger.ts";
import { deliver, KITCHEN, newThread, SOLAR } from "./testing.ts";

beforeEach(async () => {
  await prisma.rawDelivery.deleteMany();
  await prisma.event.deleteMany();
  await prisma.deliveryPage.deleteMany();
  await prisma.refusedRequest.deleteMany();
  await connectPage({ id: SOLAR, name: "Solar Süd", token: "t" });
});

const books = async () => {
  const ledger = await findLedger(await newViewer({ role: "admin" }), "Europe/Berlin");
  if (ledger === null) throw new Error("Admins see the books.");
  return ledger;
};

const message = (mid: string) => userMessage(newThread(), new Date(), mid, "Hello");

test("the books balance whatever comes: applied, repeated, unknown, waiting for its page, unreadable, not opened yet", async () => {
  const thread = newThread();
  const twice = delivery(SOLAR, userMessage(thread, new Date(), "m_1", "Hello"));
  await deliver(twice);
  await deliver(twice);
  await deliver(delivery(SOLAR, message("m_2"), message("m_3")));
  await deliver(
    delivery(SOLAR, { sender: { id: "1" }, recipient: { id: SOLAR }, timestamp: Date.now(), surprise: {} }),
  );
  await deliver(delivery("999", { ...message("m_4"), recipient: { id: "999" } }));
  await deliver("not JSON");
  await keepDelivery(new TextEncoder().encode(JSON.stringify(delivery(SOLAR, message("m_5")))), {});

  const { days, oldestWaitingAt } = await books();
  const [today] = days;
  expect(days).toHaveLength(1);
  expect(today).toMatchObject({
    deliveries: { kept: 7, opened: 5, unreadable: 1, waiting: 1 },
    events: { told: 6, applied: 3, duplicate: 1, ignored: 1, parked: 0, waiting: 1 },
  });
  expect(today && ledgerGap(today)).toBeNull();
  expect(oldestWaitingAt).not.toBeNull();
  expect(today?.pages).toEqual([
    {
      pageId: SOLAR,
      name: "Solar Süd",
      opened: 4,
      events: { told: 5, applied: 3, duplicate: 1, ignored: 1, parked: 0, waiting: 0 },
    },
    {
      pageId: "999",
      name: "999",
      opened: 1,
      events: { told: 1, applied: 0, duplicate: 0, ignored: 0, parked: 0, waiting: 1 },
    },
  ]);
});

test("an event that vanished is an alarm", async () => {
  await deliver(delivery(SOLAR, message("m_6"), message("m_7")));
  await prisma.event.deleteMany({ where: { pageId: SOLAR, key: { contains: "m_6" } } });
  const [today] = (await books()).days;
  expect(today && ledgerGap(today)).toEqual({ deliveries: 0, events: 1 });
});

test("a repeat counts at the page it was of, though one delivery held two", async () => {
  const [ours, other] = [message("m_8"), { ...message("m_9"), recipient: { id: KITCHEN } }];
  await connectPage({ id: KITCHEN, name: "Nordlicht Küchen", token: "t" });
  await deliver(delivery(SOLAR, ours));
  const entries = { [SOLAR]: ours, [KITCHEN]: other };
  const entry = Object.entries(entries).map(([id, item]) => ({ id, time: Date.now(), messaging: [item] }));
  await deliver({ object: "page", entry });
  const [today] = (await books()).days;
  expect(today && ledgerGap(today)).toBeNull();
  expect(today?.pages.map(({ pageId, events: { told, duplicate } }) => ({ pageId, told, duplicate }))).toEqual([
    { pageId: SOLAR, told: 2, duplicate: 1 },
    { pageId: KITCHEN, told: 1, duplicate: 0 },
  ]);
});

test("the books balance at any moment while four lanes apply, repeats and replays among it", async () => {
  const threads = Array.from({ length: 8 }, () => newThread());
  const items = Array.from({ length: 600 }, (_, i) =>
    userMessage(threads[i % threads.length] ?? newThread(), new Date(), `m_many_${i}`, "Hello"),
  );
  for (let i = 0; i < items.length; i += 3) {
    const body = new TextEncoder().encode(JSON.stringify(delivery(SOLAR, ...items.slice(i, i + 4))));
    const id = await keepDelivery(body, {});
    if (i % 2 === 0) await keepDelivery(body, {});
    if (i % 9 === 0) await prisma.rawDelivery.update({ where: { id }, data: { stateReason: "replay" } });
  }
  let lanes = 4;
  const lane = async () => {
    while (await applyDeliveries());
    lanes -= 1;
  };
  const working = Promise.all(Array.from({ length: 4 }, lane));
  const gaps: unknown[] = [];
  let seenInWork = 0;
  do {
    const { days } = await readLedger(2, "UTC");
    gaps.push(...days.flatMap((day) => ledgerGap(day) ?? []));
    if (days.some(({ deliveries: { waiting, opened } }) => waiting > 0 && opened > 0)) seenInWork += 1;
  } while (lanes > 0);
  await working;
  expect(gaps).toEqual([]);
  expect(seenInWork).toBeGreaterThan(0);
  const [today] = (await readLedger(2, "UTC")).days;
  expect(today?.deliveries).toMatchObject({ kept: 300, opened: 300, waiting: 0 });
  expect(today?.events).toMatchObject({ applied: 600 });
}, 60_000);

test("only those who look after all pages see the books", async () => {
  expect(await findLedger(await newViewer({ role: "agent" }), "UTC")).toBeNull();
  expect(await findLedger(await newViewer({ role: "admin", pageIds: [SOLAR] }), "UTC")).toBeNull();
  expect(await findLedger(await newViewer({ role: "manager" }), "UTC")).not.toBeNull();
});

test("requests that were turned away are counted by day, also on a day without a delivery", async () => {
  await prisma.refusedRequest.create({ data: { day: new Date(), why: "bad_signature", count: 3 } });
  const { days } = await books();
  expect(days.flatMap(({ refused }) => refused)).toEqual([{ why: "bad_signature", count: 3 }]);
});
