import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { prisma } from "#lib/db.ts";
import { reconcileSince } from "./history-testing.ts";
import { ads, ago, openStage, SOLAR as pageId, type Stage } from "./testing.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.control("faults", { conversationBurst: 0 });
});
afterAll(() => stage.close());

const shown = z.object({
  events: z.number(),
  messages: z.number(),
  leads: z.array(
    z.object({
      psid: z.string(),
      adId: z.string(),
      ending: z.string().nullable(),
      answers: z.array(z.object({ question: z.string(), answer: z.string() })),
    }),
  ),
  shown: z.array(z.object({ psid: z.string(), mids: z.array(z.string()) })),
});

const everything = async () => {
  const leads = await prisma.lead.findMany({
    where: { pageId },
    select: { id: true, psid: true, status: true, reason: true, adId: true, answers: { orderBy: { position: "asc" } } },
    orderBy: { id: "asc" },
  });
  const messages = await prisma.message.findMany({ where: { pageId }, orderBy: { mid: "asc" } });
  return { leads, messages };
};

test("a gap of 20 minutes with 500 lost events: what the history shows is back, once, and the page's history tells it", async () => {
  const heard: string[] = [];
  for (const ad of [ads.roof, ads.battery, ads.showroom]) {
    const lead = await stage.play(ad, "complete", { endedAt: ago(5) });
    if (lead.pageId === pageId) heard.push(lead.psid);
  }
  await stage.settle();
  const gap = shown.parse(await stage.control("gap", { pageId, minutes: 20, events: 500, leads: 40 }));
  expect(gap.events).toBeGreaterThanOrEqual(500);
  await stage.settle();

  await reconcileSince(pageId, ago(20 / 60));

  const { leads, messages } = await everything();
  const mids = messages.map(({ mid }) => mid);
  const lost = gap.shown.flatMap((thread) => thread.mids).filter((mid) => !mids.includes(mid));
  expect(lost).toEqual([]);
  expect(gap.leads.length).toBeGreaterThanOrEqual(20);
  const others = leads.filter(({ psid }) => !gap.leads.some((one) => one.psid === psid));
  expect(others.map(({ psid }) => psid).sort()).toEqual(heard.sort());
  let inFull = 0;
  for (const { psid, ending, answers: given } of gap.leads) {
    const found = leads.filter((lead) => lead.psid === psid);
    const whole = given.map(({ answer }) => answer);
    // Of the oldest message that still shows, the question before it does not.
    const isWhole = (gap.shown.find((thread) => thread.psid === psid)?.mids.length ?? 0) < 20;
    if (!isWhole) {
      expect(found.length).toBeLessThanOrEqual(1);
      continue;
    }
    inFull += 1;
    const [lead, another] = found;
    const said = lead?.answers.map(({ answer }) => answer) ?? [];
    expect([another, said.slice(0, whole.length)]).toEqual([undefined, whole]);
    // The keyword that stopped the questions looks like one more answer; only a webhook or a label would tell.
    if (ending === "stopped") expect(said.length - whole.length).toBeLessThanOrEqual(1);
    else expect([lead?.status, said]).toEqual([ending === "complete" ? "complete" : "incomplete", whole]);
  }
  expect(inFull).toBeGreaterThanOrEqual(15);

  const story = () => prisma.pageHistory.findMany({ where: { pageId, kind: "reconciled" } });
  const [line] = await story();
  expect(line?.data).toMatchObject({
    messages: expect.any(Number),
    leads: leads.length - heard.length,
    notRecoverable: ["ad_ids", "reactions", "receipts", "handovers", "edits"],
  });

  const before = await everything();
  const kept = await prisma.rawDelivery.count({ where: { source: "history" } });
  await prisma.thread.updateMany({ where: { pageId }, data: { historyReadAt: null } });
  await reconcileSince(pageId, ago(20 / 60));
  expect(await everything()).toEqual(before);
  expect(await prisma.rawDelivery.count({ where: { source: "history" } })).toBe(kept);
  expect((await story()).length).toBe(2);
}, 120_000);
