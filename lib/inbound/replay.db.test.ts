import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { readSample, sampleNames } from "#lib/messenger/samples/read-sample.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { newViewer } from "../../prisma/factories.ts";
import { applyDeliveries } from "./apply-deliveries.ts";
import { applyWaitingEvents } from "./apply-waiting-events.ts";
import { feedReplay } from "./feed-replay.ts";
import { findReplays } from "./find-replays.ts";
import { delivery, userMessage } from "./item-samples.ts";
import { keepDelivery } from "./keep-delivery.ts";
import { ledgerGap } from "./ledger.ts";
import { readLedger } from "./read-ledger.ts";
import { replayDelivery } from "./replay-delivery.ts";
import { replayEvent } from "./replay-event.ts";
import { replayRange } from "./replay-range.ts";
import { difference, dumpMeaning, dumpTables, keepBytesOnly } from "./replay-testing.ts";
import { stopReplay } from "./stop-replay.ts";
import { ads, deliver, KITCHEN, newThread, openStage, SOLAR, type Stage } from "./testing.ts";

const INSTAGRAM = "17841400099887766";
const endings = [
  "complete",
  "disqualified",
  "abandoned",
  "stopped",
  "interrupted_by_app",
  "interrupted_by_inbox",
] as const;

let stage: Stage;
let admin: Viewer;

/** Every sample, and every way through an ad's questions as the sandbox plays it; the last ad greets by itself. */
beforeAll(async () => {
  stage = await openStage();
  await connectPage({ id: INSTAGRAM, name: "solar.sued", token: "t" });
  admin = await newViewer({ role: "admin" });
  await prisma.ad.create({ data: { pageId: KITCHEN, adId: ads.dream, autoReply: "Thank you!" } });
  for (const name of sampleNames) await deliver(Buffer.from(readSample(name)).toString());
  for (const adId of Object.values(ads)) {
    for (const ending of endings) {
      // Only this one lets us interrupt.
      if (ending !== "interrupted_by_app" || adId === ads.battery) await stage.play(adId, ending);
    }
  }
  await stage.settle();
  while ((await applyWaitingEvents()) > 0);
}, 120_000);
afterAll(() => stage?.close());
beforeEach(() => prisma.replay.updateMany({ where: { turn: "running" }, data: { turn: null } }));

/** The worker's loops until the replay is over. */
async function work(): Promise<void> {
  for (;;) {
    await feedReplay();
    while (await applyDeliveries());
    if ((await prisma.replay.count({ where: { turn: "running" } })) === 0) return;
  }
}

const everything = { fromAt: null, untilAt: null };
const replayAll = async () => {
  expect(await replayRange(admin, everything, "To see that nothing changes")).toMatchObject({ outcome: "begun" });
  await work();
};
const gaps = async () => (await readLedger(2, "UTC")).days.flatMap((day) => ledgerGap(day) ?? []);

describe("a replay of everything", () => {
  test("changes nothing that anybody sees, and writes to nobody", async () => {
    // From now on complete leads of this ad would be greeted, too: those that are there are not news.
    await prisma.ad.updateMany({ where: { adId: ads.roof }, data: { autoReply: "Hello!" } });
    const before = await dumpTables();
    expect(before.length).toBeGreaterThan(800);
    expect(await prisma.reply.count()).toBeGreaterThan(0);
    await replayAll();
    expect(difference(before, await dumpTables())).toEqual([]);
    expect(await gaps()).toEqual([]);

    const [line] = await findReplays(admin);
    const count = await prisma.rawDelivery.count();
    expect(line).toMatchObject({ kind: "range", total: count, done: count, spoiled: 0, isRunning: false, by: "Ada" });
  }, 120_000);

  test("goes on while it is fed bit by bit, one at a time, and can be stopped", async () => {
    // A large crowd of deliveries that hold nothing.
    const empty = new TextEncoder().encode(JSON.stringify({ object: "page", entry: [] }));
    await Promise.all(Array.from({ length: 260 }, () => keepDelivery(empty, {})));
    while (await applyDeliveries());
    expect(await replayRange(admin, everything, "First")).toMatchObject({ outcome: "begun" });
    expect(await replayRange(admin, everything, "Second")).toEqual({ outcome: "running" });
    expect(await feedReplay()).toBe(true);
    // What is in line has to be done first.
    expect(await feedReplay()).toBe(false);
    const [line] = await findReplays(admin);
    expect(line).toMatchObject({ isRunning: true, done: 0, why: "First" });
    expect(await gaps()).toEqual([]);
    // What comes new from Meta meanwhile is no part of it.
    const thread = newThread();
    await deliver(delivery(SOLAR, userMessage(thread, new Date(), newId(), "Me, too")));
    expect(await prisma.message.count({ where: thread })).toBe(1);
    expect(await stopReplay(admin, line?.id ?? "")).toBe(true);
    expect(await stopReplay(admin, line?.id ?? "")).toBe(false);
    while (await applyDeliveries());
    const stopped = (await findReplays(admin))[0];
    expect(stopped).toMatchObject({ isRunning: false, isStopped: true });
    expect(stopped?.done).toBeLessThan(stopped?.total ?? 0);
  }, 60_000);

  test("is told in the history of each page, with its reason", async () => {
    const told = await prisma.pageHistory.findMany({ where: { kind: "replayed" }, distinct: ["pageId"] });
    expect(told.map(({ pageId }) => pageId)).toEqual(expect.arrayContaining([SOLAR, KITCHEN, INSTAGRAM]));
    expect(told[0]).toMatchObject({ actorId: admin.agentId, data: { why: "To see that nothing changes" } });
  });

  test("makes the same of the kept bytes alone", async () => {
    const before = await dumpMeaning();
    await keepBytesOnly();
    await replayAll();
    expect(difference(before, await dumpMeaning())).toEqual([]);
    expect(await prisma.reply.count()).toBe(0);
    expect(await gaps()).toEqual([]);
  }, 120_000);
});

describe("a replay of one thing", () => {
  const thread = newThread();
  let deliveryId = "";
  let key = "";

  beforeAll(async () => {
    await deliver(delivery(SOLAR, userMessage(thread, new Date(), "m_replayed", "Hello")));
    ({ deliveryId, key } = await prisma.event.findFirstOrThrow({ where: thread }));
  });
  const rowOf = () => prisma.event.findUniqueOrThrow({ where: { pageId_key: { pageId: SOLAR, key } } });
  const loseMessage = () => prisma.message.deleteMany({ where: thread });
  const isBack = async () => (await prisma.message.count({ where: thread })) === 1;

  test("brings back what one event said", async () => {
    await loseMessage();
    expect(await replayEvent(admin, { pageId: SOLAR, key }, "Lost")).toBe("queued");
    expect(await gaps()).toEqual([]);
    expect(await replayEvent(admin, { pageId: SOLAR, key }, "Lost")).toBe("in-line");
    while ((await applyWaitingEvents()) > 0);
    expect(await isBack()).toBe(true);
    expect(await rowOf()).toMatchObject({ state: "applied", stateReason: null });
  });

  test("brings back what a delivery said, even an event that vanished from the books", async () => {
    await loseMessage();
    await prisma.event.deleteMany({ where: thread });
    expect(await gaps()).toEqual([{ deliveries: 0, events: 1 }]);
    expect(await replayDelivery(admin, deliveryId, "Lost")).toBe("queued");
    expect(await replayDelivery(admin, deliveryId, "Lost")).toBe("in-line");
    while (await applyDeliveries());
    expect(await isBack()).toBe(true);
    expect(await gaps()).toEqual([]);
    expect(await prisma.rawDelivery.findUnique({ where: { id: deliveryId } })).toMatchObject({
      ...{ state: "opened", stateReason: null, eventCount: 1, duplicateCount: 0 },
    });
  });

  test("waits for its page where that is not connected", async () => {
    await prisma.page.update({ where: { id: SOLAR }, data: { connectedAt: null } });
    expect(await replayEvent(admin, { pageId: SOLAR, key }, "Again")).toBe("not-connected");
    expect(await replayDelivery(admin, deliveryId, "Again")).toBe("queued");
    while (await applyDeliveries());
    expect(await rowOf()).toMatchObject({ state: "applied" });
    await prisma.page.update({ where: { id: SOLAR }, data: { connectedAt: new Date() } });
  });

  test("says so when the bytes are changed or gone, and leaves everything as it is", async () => {
    const { body, receivedAt } = await prisma.rawDelivery.findUniqueOrThrow({ where: { id: deliveryId } });
    const changed = new Uint8Array([...body.subarray(0, -1), 0x20]);
    await prisma.rawDelivery.update({ where: { id: deliveryId }, data: { body: changed } });
    expect(await replayEvent(admin, { pageId: SOLAR, key }, "Again")).toBe("spoiled");
    expect(await replayDelivery(admin, deliveryId, "Again")).toBe("spoiled");
    const span = { fromAt: new Date(receivedAt.getTime() - 1), untilAt: null };
    expect(await replayRange(admin, span, "Again")).toMatchObject({ outcome: "begun" });
    await work();
    expect((await findReplays(admin))[0]).toMatchObject({ spoiled: 1 });
    await prisma.rawDelivery.delete({ where: { id: deliveryId } });
    expect(await replayEvent(admin, { pageId: SOLAR, key }, "Again")).toBe("no-bytes");
    expect(await replayDelivery(admin, deliveryId, "Again")).toBe("not-found");
    expect(await rowOf()).toMatchObject({ state: "applied" });
  }, 60_000);

  test("is for admins of the whole house; to others nothing is there", async () => {
    const strangers = [
      await newViewer({ role: "agent" }),
      await newViewer({ role: "manager" }),
      await newViewer({ role: "admin", pageIds: [SOLAR] }),
    ];
    const { id } = await prisma.rawDelivery.findFirstOrThrow({ where: { state: "opened" }, select: { id: true } });
    const nobody = newId();
    for (const viewer of strangers) {
      expect(await replayEvent(viewer, { pageId: SOLAR, key }, "No")).toBe("not-found");
      expect(await replayDelivery(viewer, id, "No")).toBe("not-found");
      expect(await replayDelivery(viewer, nobody, "No")).toBe("not-found");
      expect(await replayRange(viewer, everything, "No")).toEqual({ outcome: "not-found" });
      expect(await stopReplay(viewer, nobody)).toBe(false);
      expect(await findReplays(viewer)).toEqual([]);
    }
    expect(await prisma.rawDelivery.count({ where: { state: "waiting" } })).toBe(0);
    expect(await replayDelivery(admin, nobody, "No")).toBe("not-found");
  });
});
