import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { prisma } from "#lib/db.ts";
import { applyDeliveries } from "./apply-deliveries.ts";
import { openStage, type Stage } from "./testing.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 60_000);
afterAll(() => stage.close());

const seeded = z.object({ flows: z.number(), byEnding: z.record(z.string(), z.number()) });

test("four lanes at once, everything repeated and shuffled: each lead and each message once, nothing parked", async () => {
  await stage.control("delivery", { hold: true });
  const { flows, byEnding } = seeded.parse(
    await stage.control("seed", { count: 12, days: 5, seed: "lanes", batch: 1 }),
  );
  await stage.control("delivery", { hold: false, shuffle: true, repeat: 1, batch: 12 });
  await stage.control("delivery/idle", { timeoutMs: 15_000 });
  const lane = async () => {
    while (await applyDeliveries());
  };
  await Promise.all([lane(), lane(), lane(), lane()]);

  expect(await prisma.rawDelivery.count({ where: { state: { not: "opened" } } })).toBe(0);
  expect(await prisma.event.groupBy({ by: ["state"], _count: true })).toMatchObject([{ state: "applied" }]);
  const where = { source: "messenger" };
  const leads = await prisma.lead.groupBy({ by: ["status"], where, _count: true, orderBy: { status: "asc" } });
  const complete = byEnding.complete ?? 0;
  expect(leads.map(({ status, _count }) => [status, _count])).toEqual([
    ["complete", complete],
    ["incomplete", flows - complete],
  ]);
  expect(await prisma.signal.count({ where: { leadId: null } })).toBe(0);
  const alone = await prisma.lead.count({ where: { search: null } });
  expect(alone).toBe(0);

  const taken = { OR: [{ key: { startsWith: "message_deleted" } }, { key: { startsWith: "echo_deleted" } }] };
  const heard = await prisma.event.count({ where: { kind: { in: ["message", "echo", "postback"] }, NOT: taken } });
  expect(await prisma.message.count()).toBe(heard);
}, 60_000);
