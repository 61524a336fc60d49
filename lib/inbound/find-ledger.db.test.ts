import { beforeEach, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { newViewer } from "../../prisma/factories.ts";
import { findLedger } from "./find-ledger.ts";
import { delivery, userMessage } from "./item-samples.ts";
import { keepDelivery } from "./keep-delivery.ts";
import { ledgerGap } from "./ledger.ts";
import { deliver, newThread, SOLAR } from "./testing.ts";

beforeEach(async () => {
  await prisma.rawDelivery.deleteMany();
  await prisma.event.deleteMany();
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

  const { days, pages, oldestWaitingAt } = await books();
  const [today] = days;
  expect(days).toHaveLength(1);
  expect(today).toMatchObject({
    deliveries: { kept: 7, opened: 5, unreadable: 1, waiting: 1 },
    events: { told: 6, applied: 3, duplicate: 1, ignored: 1, parked: 0, waiting: 1 },
  });
  expect(today && ledgerGap(today)).toBeNull();
  expect(oldestWaitingAt).not.toBeNull();
  expect(pages.find(({ pageId }) => pageId === SOLAR)).toMatchObject({ name: "Solar Süd", applied: 3, ignored: 1 });
});

test("an event that vanished is an alarm", async () => {
  await deliver(delivery(SOLAR, message("m_6"), message("m_7")));
  await prisma.event.deleteMany({ where: { pageId: SOLAR, key: { contains: "m_6" } } });
  const [today] = (await books()).days;
  expect(today && ledgerGap(today)).toEqual({ deliveries: 0, events: 1 });
});

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
