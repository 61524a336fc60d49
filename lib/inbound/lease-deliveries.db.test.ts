import { randomBytes } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { endLeases } from "./end-leases.ts";
import { keepDelivery } from "./keep-delivery.ts";
import { leaseDeliveries } from "./lease-deliveries.ts";

const MIB = 1024 * 1024;

async function keep(name: string, bytes: number, minutesAgo: number): Promise<string> {
  const id = await keepDelivery(new Uint8Array(randomBytes(bytes)), { name });
  await prisma.rawDelivery.update({ where: { id }, data: { receivedAt: new Date(Date.now() - minutesAgo * 60_000) } });
  return id;
}

const idsOf = (leased: { id: string }[]) => leased.map(({ id }) => id);

beforeEach(() => prisma.rawDelivery.updateMany({ data: { state: "opened" } }));

test("takes from either end, in order, each delivery once", async () => {
  const ids: string[] = [];
  for (const age of [9, 8, 7, 6, 5, 4]) ids.push(await keep("small", 10, age));
  const [newest, oldest, rest] = [
    await leaseDeliveries({ order: "newest", count: 2 }),
    await leaseDeliveries({ order: "oldest", count: 3 }),
    await leaseDeliveries({ order: "oldest", count: 10 }),
  ];
  expect(idsOf(newest)).toEqual([ids[5], ids[4]]);
  expect(idsOf(oldest)).toEqual(ids.slice(0, 3));
  expect(idsOf(rest)).toEqual([ids[3]]);
  expect(newest).toMatchObject([
    { leaseNumber: 1, attempts: 1 },
    { leaseNumber: 1, attempts: 1 },
  ]);
});

test("many at once never take the same", async () => {
  for (let i = 0; i < 60; i += 1) await keep("small", 10, 60 - i);
  const orders = ["oldest", "newest", "oldest", "newest"] as const;
  const leased = await Promise.all(orders.map((order) => leaseDeliveries({ order, count: 10 })));
  const ids = leased.flatMap(idsOf);
  expect(new Set(ids).size).toBe(ids.length);
});

test("never takes a large one together with others", async () => {
  const small = await keep("small", 100, 9);
  const large = await keep("large", 3 * MIB, 8);
  const after = await keep("small", 100, 7);
  expect(idsOf(await leaseDeliveries({ order: "oldest", count: 50 }))).toEqual([small]);
  const [alone] = await leaseDeliveries({ order: "oldest", count: 50 });
  expect(alone).toMatchObject({ id: large });
  expect(alone?.body.byteLength).toBe(3 * MIB);
  expect(idsOf(await leaseDeliveries({ order: "oldest", count: 50 }))).toEqual([after]);
});

test("passes over what has failed often, and numbers each lease anew", async () => {
  const [failing, other] = [await keep("failing", 10, 9), await keep("other", 10, 8)];
  await prisma.rawDelivery.update({ where: { id: failing }, data: { attempts: 6, leaseUntil: new Date() } });
  const [leased] = await leaseDeliveries({ order: "oldest", count: 5 });
  expect(leased).toMatchObject({ id: other, leaseNumber: 1 });
  if (leased !== undefined) await endLeases([leased]);
  expect(await leaseDeliveries({ order: "newest", count: 5 })).toMatchObject([{ id: other, leaseNumber: 2 }]);
});
