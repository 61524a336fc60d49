import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { ads, ago, SOLAR } from "#lib/inbound/testing.ts";
import { followUp } from "#lib/leads/follow-up.ts";
import { checkPage } from "#lib/pages/check-page.ts";
import {
  accepted,
  clearDesk,
  due,
  lead,
  openDesk,
  pageOf,
  queue,
  reply,
  send,
  stage,
  viewer,
  wish,
} from "./testing.ts";

beforeAll(openDesk);
beforeEach(clearDesk);
afterAll(() => stage.close());

describe("an unclear answer proves nothing", () => {
  test.each(["error500", "cut", "html"])(
    "%s, although Meta accepted: unknown, never repeated, settled by the echo",
    async (unclear) => {
      const ref = await lead();
      await stage.control("faults", { unclear, accepted: true });
      const id = await queue(ref);
      await send();
      expect(await reply(id)).toMatchObject({ state: "unknown", stateReason: "unclear" });
      await due();
      expect(await send()).toBe(false);
      await stage.settle();
      expect(await reply(id)).toMatchObject({ state: "sent", stateReason: null, attempt: 1 });
      expect(await accepted(id)).toHaveLength(1);
      const { thread } = await pageOf(ref);
      expect(thread.messages).toMatchObject([{ reply: { id, state: "sent" } }]);
    },
  );

  test("never accepted: unknown for good, and it does not stand in the way of the next", async () => {
    const ref = await lead();
    await stage.control("faults", { unclear: "error500", accepted: false });
    const lost = await queue(ref);
    await send();
    await stage.settle();
    expect(await reply(lost)).toMatchObject({ state: "unknown" });

    const next = await queue(ref, { text: "Once more?" });
    await send();
    expect(await reply(next)).toMatchObject({ state: "sent" });
    expect(await reply(lost)).toMatchObject({ state: "unknown", attempt: 1 });
    expect(await accepted(lost)).toEqual([]);
  });

  test("the echo comes before the time-out: it stays sent", async () => {
    const ref = await lead();
    await stage.control("faults", { unclear: "timeout", accepted: true });
    const id = await queue(ref);
    const sending = send();
    await expect.poll(() => accepted(id), { timeout: 5_000 }).toHaveLength(1);
    await stage.settle();
    expect(await reply(id)).toMatchObject({ state: "sent" });
    await sending;
    expect(await reply(id)).toMatchObject({ state: "sent", attempt: 1 });
    expect(await prisma.message.count({ where: { replyId: id } })).toBe(1);
  });
});

describe("what Meta refuses", () => {
  test.each([4, 613])("throttled (%i): it waits in the queue and leaves once", async (throttle) => {
    const id = await queue(await lead());
    await stage.control("faults", { throttle });
    await send();
    const waiting = await reply(id);
    expect(waiting).toMatchObject({ state: "queued", stateReason: "throttled", errorCode: throttle });
    expect(waiting.sendAfter.getTime()).toBeGreaterThan(Date.now());
    const { pausedUntil } = await prisma.pageHealth.findUniqueOrThrow({ where: { pageId: SOLAR } });
    expect(pausedUntil?.getTime()).toBeGreaterThan(Date.now());
    await due();
    await send();
    expect(await reply(id)).toMatchObject({ state: "sent", attempt: 2 });
    expect(await accepted(id)).toHaveLength(1);
  });

  test("a dead token: the reply waits for a new one", async () => {
    const id = await queue(await lead());
    await stage.control("faults", { revokeToken: SOLAR });
    await send();
    expect(await reply(id)).toMatchObject({
      state: "queued",
      stateReason: "passwordChanged",
      errorCode: 190,
      errorSubcode: 460,
    });
    await stage.control("faults", { restoreToken: SOLAR });
    await checkPage(SOLAR);
    await due();
    await send();
    expect(await reply(id)).toMatchObject({ state: "sent" });
  });

  test("10/2018278: failed, and the window remembers", async () => {
    const ref = await lead(ads.dream, "complete", ago(30));
    expect(await pageOf(ref)).toMatchObject({ probableUntil: expect.any(Date) });
    const id = await queue(ref);
    await send();
    expect(await reply(id)).toMatchObject({
      state: "failed",
      stateReason: "windowClosed",
      errorCode: 10,
      errorSubcode: 2018278,
    });
    expect(await pageOf(ref)).toMatchObject({ probableUntil: null });
    expect(await followUp(ref, wish(), viewer)).toEqual({ outcome: "refused", why: "closed" });
  });

  test("10/2018300: failed, and control is another app's", async () => {
    const ref = await lead();
    const id = await queue(ref);
    await stage.control("delivery", { hold: true });
    await stage.control("other-app", { pageId: ref.pageId, psid: ref.psid, action: "take" });
    await send();
    expect(await reply(id)).toMatchObject({ state: "failed", stateReason: "otherAppControls", errorSubcode: 2018300 });
    expect(await pageOf(ref)).toMatchObject({ control: "other_app" });
    await stage.control("delivery", { hold: false });
    await stage.settle();
    expect(await pageOf(ref)).toMatchObject({
      control: "other_app",
      thread: { control: { appId: "2233445566778899" } },
    });
  });

  test("10/2018321: failed, and the questions are running", async () => {
    const ref = await lead();
    const person = { pageId: ref.pageId, psid: ref.psid };
    await stage.control("delivery", { hold: true });
    await stage.control("flows/start", { adId: ads.roof, psid: ref.psid });
    await stage.control("flows/answer", { ...person, choice: 0 });
    const id = await queue(ref);
    await send();
    expect(await reply(id)).toMatchObject({ state: "failed", stateReason: "questionsRunning", errorSubcode: 2018321 });
    expect(await pageOf(ref)).toMatchObject({ control: "leadgen" });
    await stage.control("delivery", { hold: false });
    await stage.settle();
  });
});
