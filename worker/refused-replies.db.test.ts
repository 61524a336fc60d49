import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { ads, ago, KITCHEN, SOLAR } from "#lib/inbound/testing.ts";
import { followUp } from "#lib/leads/follow-up.ts";
import { newViewer } from "../prisma/factories.ts";
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

describe("what may not be written is refused, with the reason", () => {
  test.each([
    ["empty", "  \n"],
    ["too_long", "x".repeat(2001)],
  ])("%s", async (why, text) => {
    expect(await followUp(await lead(), wish({ text }), viewer)).toEqual({ outcome: "refused", why });
  });

  test("closed: nobody wrote for eight days", async () => {
    const ref = await lead(ads.dream, "complete", ago(8 * 24));
    expect(await followUp(ref, wish(), viewer)).toEqual({ outcome: "refused", why: "closed" });
  });

  test.each([
    ["page_inbox", "inbox"],
    ["other_app", "other-app"],
  ])("%s holds the thread", async (why, who) => {
    const ref = await lead();
    await stage.control(who, { pageId: ref.pageId, psid: ref.psid, action: "take" });
    await stage.settle();
    expect(await followUp(ref, wish(), viewer)).toEqual({ outcome: "refused", why });
  });

  test("leadgen: the questions are running", async () => {
    const { psid } = await stage.control("flows/start", { adId: ads.battery });
    const person = { pageId: SOLAR, psid: String(psid) };
    await stage.control("flows/answer", { ...person, choice: 0 });
    await stage.settle();
    const ref = await prisma.lead.findFirstOrThrow({ where: person });
    expect(await followUp(ref, wish(), viewer)).toEqual({ outcome: "refused", why: "leadgen" });
  });

  test("newer_message: somebody else answered meanwhile, until it has been seen", async () => {
    const ref = await lead();
    const person = { pageId: ref.pageId, psid: ref.psid };
    await stage.control("inbox", { ...person, action: "reply", text: "Jana here." });
    await stage.control("inbox", { ...person, action: "pass" });
    await stage.settle();
    expect(await followUp(ref, wish(), viewer)).toEqual({ outcome: "refused", why: "newer_message" });

    const { thread } = await pageOf(ref);
    const id = await queue(ref, { seenMid: thread.lastPageSideMid });
    await send();
    expect(await reply(id)).toMatchObject({ state: "sent" });
  });

  test("newer_message: of two colleagues at once the second is told", async () => {
    const ref = await lead();
    const colleague = await newViewer({ name: "Bo" });
    const outcomes = await Promise.all([viewer, colleague].map((who) => followUp(ref, wish(), who)));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["queued", "refused"]);
    expect(outcomes).toContainEqual({ outcome: "refused", why: "newer_message" });
  });

  test("newer_message: the first of two is sent, also when the second was written in sight of it", async () => {
    const ref = await lead();
    const first = await queue(ref);
    const { thread } = await pageOf(ref);
    const colleague = await newViewer({ name: "Bo" });
    const answer = await followUp(ref, wish({ seenMid: thread.lastPageSideMid }), colleague);
    expect(answer).toMatchObject({ outcome: "queued" });
    await send();
    expect(await reply(first)).toMatchObject({ state: "sent" });
  });

  test("is judged again when it leaves: the Page Inbox took over meanwhile", async () => {
    const ref = await lead();
    const id = await queue(ref);
    await stage.control("inbox", { pageId: ref.pageId, psid: ref.psid, action: "take" });
    await stage.settle();
    expect(await send()).toBe(true);
    expect(await reply(id)).toMatchObject({ state: "failed", stateReason: "page_inbox", attempt: 0 });
    expect(await accepted(id)).toEqual([]);
  });

  test("a lead of another page is not there", async () => {
    const ref = await lead();
    const stranger = await newViewer({ pageIds: [KITCHEN] });
    expect(await followUp(ref, wish(), stranger)).toEqual({ outcome: "not-found" });
  });

  test("a week later a person may still write as a human agent, where the page has the feature", async () => {
    const ref = await lead(ads.roof, "complete", ago(8 * 24));
    await stage.control("messages", {
      pageId: ref.pageId,
      psid: ref.psid,
      text: "Noch da?",
      at: ago(3 * 24).toISOString(),
    });
    await stage.settle();
    expect(await followUp(ref, wish(), viewer)).toEqual({ outcome: "refused", why: "closed" });
    await prisma.page.update({ where: { id: SOLAR }, data: { hasHumanAgent: true } });
    const id = await queue(ref);
    await send();
    await prisma.page.update({ where: { id: SOLAR }, data: { hasHumanAgent: false } });
    expect(await reply(id)).toMatchObject({ state: "sent", tag: "HUMAN_AGENT" });
    expect(await accepted(id)).toMatchObject([{ messagingType: "MESSAGE_TAG", tag: "HUMAN_AGENT" }]);
  });
});

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
