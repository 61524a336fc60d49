import { beforeEach, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { endLease } from "./end-lease.ts";
import { finishDelivery } from "./finish-delivery.ts";
import { keepDelivery } from "./keep-delivery.ts";
import { type LeasedDelivery, leaseDeliveries } from "./lease-deliveries.ts";
import { renewLease } from "./renew-lease.ts";

/** Who slept past a lease, and who has taken over since. */
let sleeper: LeasedDelivery;
let awake: LeasedDelivery;
const row = () => prisma.rawDelivery.findUniqueOrThrow({ where: { id: awake.id } });

async function lease(): Promise<LeasedDelivery> {
  const [leased] = await leaseDeliveries({ order: "oldest", count: 1 });
  if (leased === undefined) throw new Error("A delivery must be waiting.");
  return leased;
}

beforeEach(async () => {
  await prisma.rawDelivery.deleteMany();
  await keepDelivery(new TextEncoder().encode(`{"object":"page","entry":[]}`), {});
  sleeper = await lease();
  await prisma.rawDelivery.updateMany({ data: { leaseUntil: new Date(0) } });
  awake = await lease();
});

test("whoever slept past a lease finishes nothing", async () => {
  expect(await finishDelivery(sleeper, null, [])).toBeNull();
  expect(await row()).toMatchObject({ state: "waiting" });
  expect(await finishDelivery(awake, null, [])).toBe(0);
  expect(await row()).toMatchObject({ state: "opened" });
});

test("whoever slept past a lease prolongs nothing", async () => {
  const before = await row();
  expect(await renewLease(sleeper)).toBe(false);
  expect(await row()).toEqual(before);
  expect(await renewLease(awake)).toBe(true);
});

test("whoever slept past a lease gives nothing back that is another's", async () => {
  const before = await row();
  await endLease(sleeper);
  expect(await row()).toEqual(before);
  expect(await leaseDeliveries({ order: "oldest", count: 1 })).toEqual([]);
});
