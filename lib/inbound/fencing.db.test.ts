import { beforeEach, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { endLeases } from "./end-leases.ts";
import { finishDeliveries } from "./finish-deliveries.ts";
import { keepDelivery } from "./keep-delivery.ts";
import { type LeasedDelivery, leaseDeliveries } from "./lease-deliveries.ts";
import { renewLeases } from "./renew-leases.ts";

/** Who slept past a lease, and who has taken over since. */
let sleeper: LeasedDelivery;
let awake: LeasedDelivery;
const row = () => prisma.rawDelivery.findUniqueOrThrow({ where: { id: awake.id } });

async function lease(): Promise<LeasedDelivery> {
  const [leased] = await leaseDeliveries({ order: "oldest", count: 1 });
  if (leased === undefined) throw new Error("A delivery must be waiting.");
  return leased;
}

const empty = (leased: LeasedDelivery) => ({ ...leased, events: [], reason: null });

beforeEach(async () => {
  await prisma.rawDelivery.deleteMany();
  await keepDelivery(new TextEncoder().encode(`{"object":"page","entry":[]}`), {});
  sleeper = await lease();
  await prisma.rawDelivery.updateMany({ data: { leaseUntil: new Date(0) } });
  awake = await lease();
});

test("whoever slept past a lease finishes nothing", async () => {
  expect(await finishDeliveries([empty(sleeper)])).toEqual(new Map());
  expect(await row()).toMatchObject({ state: "waiting" });
  expect(await finishDeliveries([empty(sleeper), empty(awake)])).toEqual(new Map([[awake.id, 0]]));
  expect(await row()).toMatchObject({ state: "opened" });
});

test("whoever slept past a lease prolongs nothing", async () => {
  const before = await row();
  expect(await renewLeases([sleeper])).toEqual(new Set());
  expect(await row()).toEqual(before);
  expect(await renewLeases([sleeper, awake])).toEqual(new Set([awake.id]));
});

test("whoever slept past a lease gives nothing back that is another's", async () => {
  const before = await row();
  await endLeases([sleeper]);
  expect(await row()).toEqual(before);
  expect(await leaseDeliveries({ order: "oldest", count: 1 })).toEqual([]);
});
