import { afterAll, beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { everything, expectBack, playGap, reconcileSince } from "./history-testing.ts";
import { ads, ago, openStage, SOLAR as pageId, type Stage } from "./testing.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.control("faults", { conversationBurst: 0 });
});
afterAll(() => stage.close());

test("a gap of 20 minutes with 500 lost events: what the history shows is back, once, and the page's history tells it", async () => {
  const heard: string[] = [];
  for (const ad of [ads.roof, ads.battery, ads.showroom]) {
    const lead = await stage.play(ad, "complete", { endedAt: ago(5) });
    if (lead.pageId === pageId) heard.push(lead.psid);
  }
  await stage.settle();
  const gap = await playGap(stage, pageId, { events: 500, leads: 40 });
  expect(gap.events).toBeGreaterThanOrEqual(500);
  expect(gap.leads.length).toBeGreaterThanOrEqual(20);
  await stage.settle();

  const known = new Set((await everything(pageId)).messages.map(({ mid }) => mid));
  await reconcileSince(pageId, ago(20 / 60));
  await expectBack(pageId, gap, heard);

  const story = () => prisma.pageHistory.findMany({ where: { pageId, kind: "reconciled" }, orderBy: { id: "asc" } });
  const [line] = await story();
  const before = await everything(pageId);
  const back = before.messages.filter(({ mid }) => !known.has(mid));
  expect(line?.data).toMatchObject({
    messages: back.length,
    threads: new Set(back.map(({ psid }) => psid)).size,
    leads: before.leads.length - heard.length,
    unread: 0,
    unlisted: 0,
    notRecoverable: ["ad_ids", "reactions", "receipts", "handovers", "edits"],
  });

  const kept = await prisma.rawDelivery.count({ where: { source: "history" } });
  await prisma.thread.updateMany({ where: { pageId }, data: { historyReadAt: null } });
  await reconcileSince(pageId, ago(20 / 60));
  expect(await everything(pageId)).toEqual(before);
  expect(await prisma.rawDelivery.count({ where: { source: "history" } })).toBe(kept);
  expect((await story()).map(({ data }) => data)).toMatchObject([{}, { messages: 0, leads: 0 }]);
}, 120_000);
