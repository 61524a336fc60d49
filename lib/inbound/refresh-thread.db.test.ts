import { afterAll, beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { applyDeliveries } from "./apply-deliveries.ts";
import { refreshThread } from "./refresh-thread.ts";
import { ads, ago, openStage, type Stage } from "./testing.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const settle = async () => {
  while (await applyDeliveries());
};

test("an incomplete lead whose answers we never heard: the history tells when the person last wrote", async () => {
  const { pageId, psid } = await stage.play(ads.roof, "disqualified", { endedAt: ago(2) });
  await stage.settle();
  const key = { pageId_psid: { pageId, psid } };
  const before = await prisma.thread.findUniqueOrThrow({ where: key });
  expect(before).toMatchObject({
    lastInboundAt: null,
    probableActionAt: expect.any(Date),
    refreshDueAt: expect.any(Date),
  });

  await prisma.thread.updateMany({ where: { pageId, psid: { not: psid } }, data: { refreshDueAt: null } });
  await prisma.pageHealth.updateMany({ where: { pageId }, data: { leaseUntil: null } });
  expect(await refreshThread()).toBe(true);
  await settle();

  const after = await prisma.thread.findUniqueOrThrow({ where: key });
  expect(after).toMatchObject({ probableActionAt: null, refreshDueAt: null, conversationId: expect.any(String) });
  expect(after.lastInboundAt?.getTime()).toBeLessThanOrEqual(before.probableActionAt?.getTime() ?? 0);
  expect(after.lastActionAt).toEqual(after.lastInboundAt);
  expect(await prisma.lead.count({ where: { pageId, psid } })).toBe(1);
  expect(await refreshThread()).toBe(false);
});
