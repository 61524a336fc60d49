import { beforeAll, beforeEach, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { lockThread } from "#lib/threads/lock-thread.ts";
import { applyAll } from "./apply-all.ts";
import { applyDeliveries } from "./apply-deliveries.ts";
import { delivery, referral, userMessage } from "./item-samples.ts";
import { keepDelivery } from "./keep-delivery.ts";
import { deliver, newThread, SOLAR as pageId } from "./testing.ts";

const at = new Date(Date.UTC(2026, 10, 20, 10));
const complete = { isComplete: true, adId: "120231004567890101", answers: [{ question: "Q", answer: "A" }] };
type Thread = ReturnType<typeof newThread>;

const keep = (...items: object[]) =>
  keepDelivery(new TextEncoder().encode(JSON.stringify(delivery(pageId, ...items))), {});
const message = (thread: Thread, name: string, text = name) =>
  userMessage(thread, at, `m_${name}_${thread.psid}`, text);
const threads = (count: number) => Array.from({ length: count }, () => newThread());
const messagesOf = async (of: readonly Thread[]) =>
  prisma.message.count({ where: { pageId, psid: { in: of.map(({ psid }) => psid) } } });
const statesOf = async (ids: readonly string[]) =>
  (await prisma.rawDelivery.findMany({ where: { id: { in: [...ids] } }, orderBy: { receivedAt: "asc" } })).map(
    ({ state }) => state,
  );

beforeAll(() => connectPage({ id: pageId, name: "Solar Süd", token: "t" }));
beforeEach(() => prisma.rawDelivery.updateMany({ data: { state: "opened" } }));

test("a thread that somebody holds is waited for last: its neighbours are there at once, and their deliveries done", async () => {
  const [held, ...others] = threads(30);
  if (held === undefined) throw new Error("There must be a thread.");
  await deliver(delivery(pageId, message(held, "before")));
  const ids: string[] = [];
  for (const thread of [held, ...others])
    ids.push(await keep(message(thread, "first"), referral(thread, at, complete)));

  const working: Promise<boolean>[] = [];
  await prisma.$transaction(async (tx) => {
    await lockThread(tx, held);
    working.push(applyDeliveries());
    await expect.poll(() => messagesOf(others), { timeout: 10_000 }).toBe(29);
    await expect.poll(async () => (await statesOf(ids.slice(1))).every((state) => state === "opened")).toBe(true);
    expect(await messagesOf([held])).toBe(1);
    expect(await statesOf(ids.slice(0, 1))).toEqual(["waiting"]);
  });
  await Promise.all(working);
  expect(await messagesOf([held])).toBe(2);
  expect(await statesOf(ids)).toEqual(ids.map(() => "opened"));
  expect(await prisma.event.count({ where: { state: "parked" } })).toBe(0);
});

test("one event that fails among many threads is parked alone, and each delivery is counted by itself", async () => {
  await prisma.$executeRaw`
    CREATE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW.text = 'poison' THEN RAISE EXCEPTION 'not this one'; END IF; RETURN NEW; END $$`;
  await prisma.$executeRaw`CREATE TRIGGER refuse_poison BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION refuse_poison()`;
  const all = threads(60);
  const [ill] = all;
  if (ill === undefined) throw new Error("There must be a thread.");
  const ids: string[] = [];
  for (const thread of all) ids.push(await keep(message(thread, "one"), message(thread, "two")));
  ids.push(await keep(message(ill, "bad", "poison"), message(ill, "one")));
  while (await applyDeliveries());
  await prisma.$executeRaw`DROP TRIGGER refuse_poison ON message`;

  expect(await messagesOf(all)).toBe(120);
  expect(await prisma.event.findMany({ where: { state: "parked" } })).toMatchObject([{ psid: ill.psid }]);
  const rows = await prisma.rawDelivery.findMany({ where: { id: { in: ids } }, orderBy: { receivedAt: "asc" } });
  expect(new Set(rows.map(({ state, eventCount }) => `${state} ${eventCount}`))).toEqual(new Set(["opened 2"]));
  expect(rows.reduce((sum, { duplicateCount }) => sum + duplicateCount, 0)).toBe(1);
  await prisma.event.deleteMany({ where: { state: "parked" } });
});

test("two workers with the same events at once: each once, and every repeat is counted", async () => {
  const all = threads(40);
  const items = all.flatMap((thread) => [message(thread, "one"), referral(thread, at, complete)]);
  const ids = [await keep(...items), await keep(...items.toReversed()), await keep(...items)];
  await Promise.all([applyDeliveries(), applyDeliveries("newest"), applyDeliveries()]);
  while (await applyDeliveries());

  expect(await messagesOf(all)).toBe(40);
  expect(await prisma.lead.count({ where: { pageId, psid: { in: all.map(({ psid }) => psid) } } })).toBe(40);
  const rows = await prisma.rawDelivery.findMany({ where: { id: { in: ids } } });
  expect(rows.map(({ state }) => state)).toEqual(["opened", "opened", "opened"]);
  expect(rows.reduce((sum, { duplicateCount }) => sum + duplicateCount, 0)).toBe(2 * items.length);
});

test("what is not ours any more underway is left to whoever has it", async () => {
  const [ours, theirs] = [newThread(), newThread()];
  const source = { deliveryId: await keep(message(ours, "x")), receivedAt: at };
  const base = { ...source, channel: "messaging", platform: "page", position: 0, at, watermark: at } as const;
  const seen = (thread: Thread) => ({ ...base, ...thread, kind: "read", key: `k_${thread.psid}`, mid: null }) as const;
  const left: number[] = [];
  const undone = await applyAll([seen(ours), seen(theirs)], {
    stillOurs: async (events) => events.filter(({ psid }) => psid === ours.psid),
    whenLeft: async (events) => void left.push(events.length),
  });
  expect(undone).toBeNull();
  expect(left).toEqual([0]);
  expect(await prisma.event.count({ where: ours })).toBe(1);
  expect(await prisma.event.count({ where: theirs })).toBe(0);
});
