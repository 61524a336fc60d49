import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import { reconcileAfterStart } from "#lib/inbound/reconcile-after-start.ts";
import { SOLAR } from "#lib/inbound/testing.ts";
import { followUp } from "#lib/leads/follow-up.ts";
import { giveSign } from "#lib/leads/give-sign.ts";
import { recordInstantLead } from "#lib/leads/record-instant-lead.ts";
import { expectMedia } from "#lib/media/expect-media.ts";
import { forgetMedia } from "#lib/media/forget-media.ts";
import { messageMedia } from "#lib/media/media-owner.ts";
import { askMeta } from "#lib/pages/ask-meta.ts";
import { findSickPages } from "#lib/pages/find-sick-pages.ts";
import { getPageState } from "#lib/pages/get-page-state.ts";
import { pausePage } from "#lib/pages/pause-page.ts";
import { reportTrouble } from "#lib/pages/report-trouble.ts";
import { tellGap } from "#lib/pages/tell-gap.ts";
import { askForRefresh } from "#lib/threads/ask-for-refresh.ts";
import { clearDesk, lead, openDesk, pageOf, queue, reply, send, stage, viewer, wish } from "./testing.ts";

/** Leases and waits go by one clock, the database's. Here ours is wrong. */
const HOUR = 3_600_000;
let ref: Awaited<ReturnType<typeof lead>>;

beforeAll(openDesk);
beforeEach(async () => {
  await clearDesk();
  ref = await lead();
});
afterEach(() => vi.useRealTimers());
afterAll(() => stage.close());

function shiftClock(ms: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
}

/** How many seconds away a moment is, as the database sees it. */
async function secondsUntil(at: Date | null | undefined): Promise<number> {
  if (!at) throw new Error("It does not wait.");
  return (at.getTime() - (await databaseNow(prisma)).getTime()) / 1000;
}

async function expectSeconds(at: Date | null | undefined, wanted: number): Promise<void> {
  const seconds = await secondsUntil(at);
  expect(seconds).toBeLessThanOrEqual(wanted);
  expect(seconds).toBeGreaterThan(wanted - 20);
}

const health = () => prisma.pageHealth.findUniqueOrThrow({ where: { pageId: SOLAR } });

describe.each([
  ["an hour ahead", HOUR],
  ["an hour behind", -HOUR],
])("our clock is %s", (_, shift) => {
  test("a reply can be taken back for as long as ever, and its author sees for how long", async () => {
    shiftClock(shift);
    const outcome = await followUp(ref, wish(), viewer);
    const { sendAfter } = await reply(outcome.outcome === "queued" ? outcome.replyId : "");
    await expectSeconds(sendAfter, 5);
    const told = (await pageOf(ref)).thread.messages.at(-1)?.reply?.leavesInMs ?? -HOUR;
    expect(told).toBeLessThanOrEqual(5_000);
    expect(told).toBeGreaterThan(-20_000);
  });

  test("a reply Meta throttled waits for its time", async () => {
    const id = await queue(ref);
    await stage.control("faults", { throttle: 613 });
    shiftClock(shift);
    await send();
    expect(await reply(id)).toMatchObject({ state: "queued" });
    await expectSeconds((await reply(id)).sendAfter, 30);
  });

  test("a page rests for as long as it was told to", async () => {
    shiftClock(shift);
    await pausePage(SOLAR, 10 * 60_000, null);
    await expectSeconds((await health()).pausedUntil, 600);
    expect(await getPageState(SOLAR)).toMatchObject({ isPaused: true });
    expect((await findSickPages(viewer)).map(({ notice }) => notice.kind)).toEqual(["paused"]);
    const call = vi.fn(async () => ({ outcome: "ok" as const }));
    expect(await askMeta(SOLAR, call)).toMatchObject({ reason: "paused" });

    const over = new Date((await databaseNow(prisma)).getTime() - 1_000);
    await prisma.pageHealth.update({ where: { pageId: SOLAR }, data: { pausedUntil: over } });
    expect(await getPageState(SOLAR)).toMatchObject({ isPaused: false });
    expect(await askMeta(SOLAR, call)).toMatchObject({ outcome: "ok" });
  });

  test("a restricted page is tried again when it is time", async () => {
    shiftClock(shift);
    await reportTrouble(SOLAR, { kind: "restricted", reason: "pageRestricted" });
    const row = await prisma.pageTrouble.findFirstOrThrow({ where: { pageId: SOLAR, kind: "restricted" } });
    const at = JSON.stringify(row.data).match(/"probeAt":"([^"]+)"/)?.[1] ?? "";
    await expectSeconds(new Date(at), 1800);
  });

  test("what is due at once is due at once", async () => {
    const { pageId, psid } = ref;
    const [mid, leadgenId] = [`m_${randomUUID()}`, randomUUID()];
    const at = new Date();
    const thread = { pageId, psid };
    await prisma.thread.updateMany({ where: thread, data: { refreshDueAt: null, historyReadAt: null } });
    shiftClock(shift);
    await askForRefresh(prisma, thread, at);
    await expectMedia(prisma, pageId, [{ owner: messageMedia(mid, 0), sourceUrl: "https://meta.example/a.jpg", psid }]);
    await giveSign(ref, { kind: "typing_on" }, viewer);
    await tellGap(pageId, at);
    const told = { pageId, leadgenId, formId: null, adId: leadgenId, at, isTest: false };
    await prisma.$transaction((tx) => recordInstantLead(tx, told, at));

    const media = () => prisma.media.findFirstOrThrow({ where: { pageId, owner: messageMedia(mid, 0) } });
    await expectSeconds((await prisma.thread.findFirstOrThrow({ where: thread })).refreshDueAt, 0);
    await expectSeconds((await media()).fetchDueAt, 0);
    await forgetMedia(prisma, pageId, mid);
    await expectSeconds((await media()).fetchDueAt, 0);
    await expectSeconds((await prisma.senderAction.findFirstOrThrow({ where: thread })).createdAt, 0);
    await expectSeconds((await health()).reconcileDueAt, 0);
    const instant = await prisma.instantLead.findFirstOrThrow({ where: { pageId, leadgenId } });
    await expectSeconds(instant.fetchDueAt, 0);
    await expectSeconds((await prisma.ad.findFirstOrThrow({ where: { pageId, adId: leadgenId } })).namesRetryAt, 0);
    await prisma.pageHealth.updateMany({ data: { reconcileDueAt: new Date(at.getTime() + 100 * HOUR) } });
    await reconcileAfterStart();
    await expectSeconds((await health()).reconcileDueAt, 0);
  });
});
