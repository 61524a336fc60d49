import { afterAll, beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { threaded } from "../../prisma/factories.ts";
import { ads, ago, type Ending, openStage, type Played, type Stage } from "./testing.ts";

const HOUR = 60 * 60 * 1000;
const hoursAfter = (at: Date, hours: number) => new Date(at.getTime() + hours * HOUR);

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

async function play(adId: string, ending: Ending, endedAt = ago(1)): Promise<Played & Seen> {
  const run = await stage.play(adId, ending, { endedAt });
  await stage.settle();
  return { ...run, ...(await seen(run)) };
}

type Seen = Awaited<ReturnType<typeof seen>>;
async function seen({ pageId, psid }: { pageId: string; psid: string }) {
  const thread = await prisma.thread.findUniqueOrThrow({ where: { pageId_psid: { pageId, psid } } });
  const leads = await prisma.lead.findMany({
    where: { pageId, psid },
    include: { answers: { orderBy: { position: "asc" }, select: { question: true, answer: true } } },
  });
  const [lead] = leads;
  if (lead === undefined) throw new Error("No lead.");
  expect(leads).toHaveLength(1);
  expect(await prisma.event.count({ where: { pageId, psid, state: { notIn: ["applied"] } } })).toBe(0);
  return { lead: threaded(lead), thread };
}

const reported = (endedAt: Date, lagSeconds = 0) =>
  new Date(Math.floor((endedAt.getTime() + lagSeconds * 1000) / 1000) * 1000);

test("a complete lead passes to our app, and its window opens at its event time", async () => {
  const { lead, thread, answers, endedAt } = await play(ads.roof, "complete");
  expect(lead).toMatchObject({ status: "complete", reason: null, adId: ads.roof, answers });
  expect(answers).toHaveLength(6);
  expect(thread).toMatchObject({ control: "ours", controlSource: "handover", lastOpener: "lead", lastInboundAt: null });
  expect(lead.freeUntil).toEqual(hoursAfter(thread.lastActionAt ?? endedAt, 24));
  expect(lead.probableUntil).toEqual(hoursAfter(thread.firstAdMessageAt ?? endedAt, 7 * 24));
  expect(Math.abs((thread.lastActionAt?.getTime() ?? 0) - endedAt.getTime())).toBeLessThan(1000);
  expect(await prisma.message.count({ where: { pageId: lead.pageId, psid: lead.psid } })).toBe(0);
});

test("a complete lead whose answers were heard one by one shows them in the thread, not the summary", async () => {
  const { lead, thread, answers } = await play(ads.dream, "complete");
  expect(lead).toMatchObject({ status: "complete", reason: null, adId: ads.dream, answers });
  expect(thread.control).toBe("ours");
  const said = await prisma.message.findMany({
    where: { pageId: lead.pageId, psid: lead.psid, direction: "in" },
    orderBy: { sentAt: "asc" },
  });
  expect(said.map(({ text }) => text)).toEqual(answers.map(({ answer }) => answer));
});

test("a complete lead of an ad without an app leaves control to nobody we know of", async () => {
  const { lead, thread } = await play(ads.showroom, "complete");
  expect(lead).toMatchObject({ status: "complete", reason: null, adId: ads.showroom });
  expect(["idle", "unknown"]).toContain(thread.control);
  expect(lead.freeUntil?.getTime()).toBeGreaterThan(Date.now());
});

test.each([ads.roof, ads.showroom])("disqualified, by Meta's label (ad %s)", async (adId) => {
  const { lead, endedAt } = await play(adId, "disqualified");
  expect(lead).toMatchObject({ status: "incomplete", reason: "disqualified", adId });
  expect(lead.at).toEqual(reported(endedAt));
  expect(lead.answers.length).toBeGreaterThan(0);
});

test.each([ads.battery, ads.dream])("disqualified without a label is unknown, said honestly (ad %s)", async (adId) => {
  const { lead, thread } = await play(adId, "disqualified");
  expect(lead).toMatchObject({ status: "incomplete", reason: "unknown", adId });
  expect(thread.control).toBe("ours");
  expect(lead.freeUntil?.getTime()).toBeGreaterThan(Date.now());
});

test("a disqualifying answer nobody heard makes the window probable only", async () => {
  const { lead, thread, endedAt } = await play(ads.roof, "disqualified");
  expect(thread).toMatchObject({ control: "ours", lastActionAt: null, probableActionAt: endedAt });
  expect(lead).toMatchObject({ freeUntil: null, probableUntil: hoursAfter(endedAt, 7 * 24) });
});

test.each([ads.roof, ads.showroom])("abandoned, by Meta's label (ad %s)", async (adId) => {
  const { lead } = await play(adId, "abandoned");
  expect(lead).toMatchObject({ status: "incomplete", reason: "abandoned", adId });
});

test.each([ads.battery, ads.dream])(
  "abandoned, by two days of silence after the last message (ad %s)",
  async (adId) => {
    const { lead, thread, endedAt } = await play(adId, "abandoned");
    expect(lead).toMatchObject({ status: "incomplete", reason: "abandoned", adId });
    expect(thread.control).toBe("ours");
    expect(thread.lastActionAt).toEqual(hoursAfter(endedAt, -48));
    expect(lead.freeUntil).toEqual(hoursAfter(endedAt, -24));
    expect(lead.probableUntil?.getTime()).toBeGreaterThan(Date.now());
  },
);

test.each([ads.roof, ads.battery, ads.dream, ads.showroom])(
  "stopped, by a keyword that answers nothing (ad %s)",
  async (adId) => {
    const { lead, thread } = await play(adId, "stopped");
    expect(lead).toMatchObject({ status: "incomplete", reason: "stopped", adId });
    expect(["idle", "unknown"]).toContain(thread.control);
    expect(thread).toMatchObject({ lastOpener: "message" });
    expect(lead.freeUntil).toEqual(hoursAfter(thread.lastActionAt ?? ago(0), 24));
  },
);

test.each([ads.roof, ads.battery, ads.dream, ads.showroom])(
  "interrupted, by a human in the Page Inbox (ad %s)",
  async (adId) => {
    const { lead, thread } = await play(adId, "interrupted_by_inbox");
    expect(lead).toMatchObject({ status: "incomplete", reason: "interrupted", adId });
    expect(thread.control).toBe("page_inbox");
  },
);

test("interrupted, by a send of ours that Meta accepted", async () => {
  const { lead, thread } = await play(ads.battery, "interrupted_by_app");
  expect(lead).toMatchObject({ status: "incomplete", reason: "interrupted", adId: ads.battery });
  expect(["ours", "idle"]).toContain(thread.control);
  expect(thread.lastOpener).toBe("message");
});

test.each([
  ["heard messages", ads.battery],
  ["Meta's label", ads.roof],
])("a running flow shows as in progress by %s, and its end keeps the id", async (_, adId) => {
  const pageId = "104411223344556";
  const { psid } = await stage.control("flows/start", { adId });
  const person = { pageId, psid: String(psid) };
  await stage.control("flows/answer", { ...person, choice: 0 });
  await stage.settle();
  const { lead: running, thread } = await seen(person);
  expect(running).toMatchObject({ status: "in_progress", reason: null });
  expect(thread.control).toBe(adId === ads.battery ? "leadgen" : "unknown");

  await stage.control("inbox", { ...person, action: "reply", text: "Hello, Jana here." });
  await stage.settle();
  const { lead: ended } = await seen(person);
  expect(ended).toMatchObject({ id: running.id, status: "incomplete", reason: "interrupted", adId });
});

test("every ending ends the same when Meta repeats and shuffles", async () => {
  await stage.control("delivery", { hold: true });
  const endings: [string, Ending, string | null][] = [
    [ads.roof, "complete", null],
    [ads.roof, "disqualified", "disqualified"],
    [ads.roof, "abandoned", "abandoned"],
    [ads.battery, "stopped", "stopped"],
    [ads.roof, "interrupted_by_inbox", "interrupted"],
  ];
  const runs: (Played & { reason: string | null })[] = [];
  for (const [adId, ending, reason] of endings)
    runs.push({ ...(await stage.play(adId, ending, { endedAt: ago(2) })), reason });
  await stage.control("delivery", { hold: false, shuffle: true, repeat: 1, batch: 5 });
  await stage.settle();
  await stage.control("delivery", { shuffle: false, repeat: 0, batch: 20 });

  for (const { reason, ...run } of runs) {
    const { lead } = await seen(run);
    expect(lead).toMatchObject({ status: reason === null ? "complete" : "incomplete", reason, answers: run.answers });
  }
});
