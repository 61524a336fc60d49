/** Every way through a lead ad, in each situation of routing: what Meta tells differs, what agents see must be right. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { PAGE_INBOX_APP_ID } from "#lib/messenger/app-ids.ts";
import { ads, ago, type Ending, openStage, SOLAR, type Stage } from "./testing.ts";

const OURS = "1122334455667788";
const HOUR = 60 * 60 * 1000;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

async function change(method: "PATCH" | "PUT", path: string, body: object): Promise<void> {
  const address = `${process.env.META_GRAPH_URL}/control/${path}`;
  const response = await fetch(address, { method, body: JSON.stringify(body) });
  expect(response.status).toBe(200);
}

const page = (body: object) => change("PATCH", `pages/${SOLAR}`, body);
const template = (body: object) => change("PUT", `templates/${ads.roof}`, body);
const connected = { connectedAppId: OURS, sendSummary: true, allowInterrupt: true };

const situations = [
  {
    name: "our app is connected",
    setUp: async () => {
      await page({ routing: "configured", defaultAppId: OURS });
      await template(connected);
    },
    after: "ours",
    signals: "HRS",
  },
  {
    name: "no app is connected, ours is the default",
    setUp: async () => {
      await template({ connectedAppId: null });
      await page({ routing: "configured", defaultAppId: OURS });
    },
    after: "ours",
    signals: "HR",
  },
  {
    name: "no app is connected, the Page Inbox is the default",
    setUp: async () => {
      await template({ connectedAppId: null });
      await page({ routing: "configured", defaultAppId: PAGE_INBOX_APP_ID });
    },
    after: "page_inbox",
    signals: "HR",
  },
  {
    name: "no app is connected, and no routing",
    setUp: async () => {
      await template({ connectedAppId: null });
      await page({ routing: "none", defaultAppId: null });
    },
    after: "idle",
    signals: "R",
  },
] as const;

/** What came of the flow, hours counted from its end. */
async function outcomeOf(ending: Ending) {
  const { pageId, psid, endedAt, answers } = await stage.play(ads.roof, ending, { endedAt: ago(1) });
  await stage.settle();
  const thread = await prisma.thread.findUniqueOrThrow({ where: { pageId_psid: { pageId, psid } } });
  const leads = await prisma.lead.findMany({
    where: { pageId, psid },
    include: { answers: { orderBy: { position: "asc" }, select: { question: true, answer: true } } },
  });
  const signals = await prisma.signal.findMany({ where: { pageId, psid }, select: { kind: true } });
  const [lead] = leads;
  if (lead === undefined) throw new Error("There must be a lead.");
  expect(leads).toHaveLength(1);
  expect(lead.answers).toEqual(answers);
  expect(await prisma.event.count({ where: { pageId, psid, state: { not: "applied" } } })).toBe(0);
  const hours = (until: Date | null) =>
    until === null ? null : Math.round((until.getTime() - endedAt.getTime()) / HOUR);
  return {
    status: lead.status,
    reason: lead.reason,
    control: thread.control,
    free: hours(lead.freeUntil),
    probable: hours(lead.probableUntil),
    signals: signals
      .map(({ kind }) => kind)
      .sort()
      .join(""),
  };
}

describe.each(situations)("$name", ({ setUp, after, signals }) => {
  beforeAll(setUp);
  const told = signals.replace("S", "");

  test("complete", async () => {
    const window = { free: 24, probable: 168 };
    expect(await outcomeOf("complete")).toEqual({
      status: "complete",
      reason: null,
      control: after,
      ...window,
      signals,
    });
  });

  test("disqualified by an answer", async () => {
    expect(await outcomeOf("disqualified")).toMatchObject({
      status: "incomplete",
      reason: "disqualified",
      control: after,
      probable: 168,
      signals: told,
    });
  });

  test("silent until Meta ends the questions: the window counts from the last word, two days before", async () => {
    expect(await outcomeOf("abandoned")).toMatchObject({
      status: "incomplete",
      reason: "abandoned",
      control: after,
      free: -24,
      probable: 120,
      signals: told,
    });
  });

  test("stopped by a keyword: control is let go, and the person has just written", async () => {
    const window = { free: 24, probable: 168 };
    expect(await outcomeOf("stopped")).toEqual({
      status: "incomplete",
      reason: "stopped",
      control: "idle",
      ...window,
      signals: "R",
    });
  });

  test("a human in the Page Inbox answers while the questions run", async () => {
    expect(await outcomeOf("interrupted_by_inbox")).toMatchObject({
      status: "incomplete",
      reason: "interrupted",
      control: "page_inbox",
      free: 24,
    });
  });

  test("tapped, never answered: nothing at all", async () => {
    const before = await prisma.rawDelivery.count();
    const { psid } = await stage.control("flows/start", { adId: ads.roof });
    await stage.settle();
    expect(await prisma.thread.count({ where: { pageId: SOLAR, psid: String(psid) } })).toBe(0);
    expect(await prisma.rawDelivery.count()).toBe(before);
  });
});

test("our app interrupts, where the ad lets it", async () => {
  await situations[0].setUp();
  const { status, reason, control, free } = await outcomeOf("interrupted_by_app");
  expect({ status, reason, control, free }).toEqual({
    status: "incomplete",
    reason: "interrupted",
    control: "ours",
    free: 24,
  });
});
