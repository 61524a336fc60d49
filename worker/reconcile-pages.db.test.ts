import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { prisma } from "#lib/db.ts";
import { type BadMeta, standBefore } from "#lib/inbound/history-testing.ts";
import { refreshThread } from "#lib/inbound/refresh-thread.ts";
import { ads, ago, openStage, SOLAR as pageId, type Stage } from "#lib/inbound/testing.ts";
import { checkPage } from "#lib/pages/check-page.ts";
import { applyEvents } from "./apply-events.ts";
import { type RunningLoop, runLoop } from "./loop.ts";
import { reconcilePages } from "./reconcile-pages.ts";
import { refreshThreads } from "./refresh-threads.ts";

let stage: Stage;
let meta: BadMeta;
beforeAll(async () => {
  stage = await openStage(async (address) => {
    meta = await standBefore(address);
    return meta.url;
  });
});
afterAll(async () => {
  meta.close();
  await stage.close();
});

const health = () => prisma.pageHealth.findUniqueOrThrow({ where: { pageId } });
const person = z.object({ psid: z.string() });

test("a look at the page leaves the turn to whoever reads its conversations", async () => {
  await checkPage(pageId);
  const leaseUntil = new Date(Date.now() + 60_000);
  await prisma.pageHealth.update({ where: { pageId }, data: { leaseUntil, leaseNumber: 7 } });
  await checkPage(pageId, { isAsked: true });
  expect(await health()).toMatchObject({ leaseUntil, leaseNumber: 7 });
  await prisma.pageHealth.update({ where: { pageId }, data: { leaseUntil: null } });
});

test("one thread is asked about while the page is nobody else's, and keeps others from it meanwhile", async () => {
  const { psid } = await stage.play(ads.battery, "complete", { endedAt: ago(2) });
  await stage.settle();
  await prisma.thread.update({
    where: { pageId_psid: { pageId, psid } },
    data: { refreshDueAt: new Date(0) },
  });
  await prisma.pageHealth.update({ where: { pageId }, data: { leaseUntil: new Date(Date.now() + 60_000) } });
  expect(await refreshThread()).toBe(false);
  await prisma.pageHealth.update({ where: { pageId }, data: { leaseUntil: null } });
  let isHeld: boolean | null = null;
  meta.trouble(async ({ path }) => {
    if (path.includes("/conversations")) isHeld = ((await health()).leaseUntil ?? new Date(0)) > new Date();
    return null;
  });
  expect(await refreshThread()).toBe(true);
  expect(isHeld).toBe(true);
  await stage.settle();
});

test("two workers that read, look and ask at once keep to three calls in two seconds, and Meta never has to say so", async () => {
  await stage.control("faults", { conversationBurst: 3 });
  await stage.control("faults", { drop: true });
  const people = [];
  for (let i = 0; i < 12; i += 1) people.push(person.parse(await stage.control("people", { pageId })).psid);
  for (const psid of people) await stage.control("messages", { pageId, psid, text: "Missed." });
  await stage.control("faults", { drop: false });

  let refused = 0;
  meta.trouble(() => null);
  meta.onAnswer((status, body) => {
    if (status !== 200 && body.includes("613")) refused += 1;
  });
  await prisma.pageHealth.updateMany({ data: { reconcileDueAt: null } });
  await prisma.pageHealth.update({
    where: { pageId },
    data: { reconcileSince: ago(1), reconcileDueAt: new Date(0), leaseUntil: null, pausedUntil: null },
  });
  const worker = (): RunningLoop[] => [reconcilePages, refreshThreads, applyEvents].map(runLoop);
  const loops = [...worker(), ...worker()];
  const isOver = async () => {
    await checkPage(pageId);
    return ((await health()).reconcileDueAt ?? new Date(0)) > new Date();
  };
  await expect.poll(isOver, { timeout: 60_000, interval: 400 }).toBe(true);
  await Promise.all(loops.map((loop) => loop.stop()));

  expect(await prisma.message.count({ where: { pageId, psid: { in: people }, text: "Missed." } })).toBe(people.length);
  expect(refused).toBe(0);
  expect(meta.calls.length).toBeGreaterThan(people.length);
  // Any stretch of calls: a thread that is asked about takes two turns at once, and pays for them afterwards.
  const times = meta.calls.map(({ at }) => at);
  for (const [i, from] of times.entries()) {
    for (const [j, to] of times.entries()) {
      if (j > i) expect(j - i - 1).toBeLessThanOrEqual(((to - from) / 1000) * 1.5 + 0.1);
    }
  }
}, 90_000);
