import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { ads, ago, type Ending, KITCHEN, openStage, SOLAR, type Stage } from "#lib/inbound/testing.ts";
import { followUp } from "#lib/leads/follow-up.ts";
import { getLead } from "#lib/leads/get-lead.ts";
import { takeBack } from "#lib/leads/take-back.ts";
import { leaseReply } from "#lib/threads/lease-reply.ts";
import { settleReply } from "#lib/threads/settle-reply.ts";
import { newViewer } from "../prisma/factories.ts";
import { sendReplies, settleLost } from "./send-replies.ts";

let stage: Stage;
let viewer: Viewer;
beforeAll(async () => {
  stage = await openStage();
  viewer = await newViewer({ name: "Ada" });
});
beforeEach(async () => {
  await prisma.reply.deleteMany();
  await stage.control("faults", { clear: true });
});
afterAll(() => stage.close());

type Lead = { pageId: string; id: string; psid: string };

async function lead(adId: string = ads.roof, ending: Ending = "complete", endedAt = ago(1)): Promise<Lead> {
  const { pageId, psid } = await stage.play(adId, ending, { endedAt });
  await stage.settle();
  return prisma.lead.findFirstOrThrow({ where: { pageId, psid }, select: { pageId: true, id: true, psid: true } });
}

const pageOf = async (ref: Lead, who = viewer) => {
  const page = await getLead(ref, who);
  if (page === null || "alias" in page) throw new Error("The lead must be there.");
  return page;
};

type Wish = { text?: string; seenMid?: string | null; intentId?: string };
const wish = ({ text = "Hello!", seenMid = null, intentId = randomUUID() }: Wish = {}) => ({ text, seenMid, intentId });

/** Queues a reply, as if the time to take it back were over. */
async function queue(ref: Lead, more: Wish = {}, who = viewer): Promise<string> {
  const outcome = await followUp(ref, wish(more), who);
  if (outcome.outcome !== "queued") throw new Error(`The reply was not queued: ${JSON.stringify(outcome)}`);
  await due();
  return outcome.replyId;
}

const due = () => prisma.reply.updateMany({ where: { state: "queued" }, data: { sendAfter: new Date(0) } });
const send = () => sendReplies.step();
const reply = (id: string) => prisma.reply.findFirstOrThrow({ where: { id } });

/** What Meta accepted of a reply. */
async function accepted(id: string): Promise<unknown[]> {
  const { metadata } = await reply(id);
  const { sent } = await stage.control(`sent?metadata=${encodeURIComponent(metadata)}`);
  return Array.isArray(sent) ? sent : [];
}

describe("a reply on its way", () => {
  test("is queued, sent, and settled once by its answer and its echo", async () => {
    const ref = await lead();
    const id = await queue(ref, { text: "Guten Tag! ☀️" });
    expect(await pageOf(ref)).toMatchObject({
      thread: { messages: [{ reply: { state: "queued" }, authorName: "Ada" }] },
    });

    expect(await send()).toBe(true);
    expect(await send()).toBe(false);
    expect(await reply(id)).toMatchObject({ state: "sent", attempt: 1, messagingType: "RESPONSE", tag: null });
    expect(await accepted(id)).toMatchObject([{ text: "Guten Tag! ☀️", messagingType: "RESPONSE" }]);

    await stage.settle();
    const { mid } = await reply(id);
    const page = await pageOf(ref);
    expect(page.thread.messages).toMatchObject([
      {
        id: mid,
        from: "agent",
        authorName: "Ada",
        text: "Guten Tag! ☀️",
        receipt: "delivered",
        reply: { state: "sent" },
      },
    ]);
    expect(page).toMatchObject({ waitingSince: null, firstResponseSeconds: expect.any(Number) });
  });

  test("carries an unguessable key and nothing about a person", async () => {
    const ref = await lead();
    const one = await reply(await queue(ref));
    const two = await reply(await queue(ref));
    expect(one.metadata).not.toBe(two.metadata);
    expect(one.metadata).toMatch(/^li:[\w-]{24}$/);
  });

  test("the same press twice is one reply, also at the same moment", async () => {
    const ref = await lead();
    const press = wish();
    const outcomes = await Promise.all([1, 2, 3].map(() => followUp(ref, press, viewer)));
    expect(
      new Set(outcomes.map((outcome) => (outcome.outcome === "queued" ? outcome.replyId : outcome.outcome))).size,
    ).toBe(1);
    expect(await prisma.reply.count()).toBe(1);
  });

  test("can be taken back by its author until it leaves", async () => {
    const ref = await lead();
    const id = await queue(ref);
    expect(await takeBack(ref, id, await newViewer())).toBe("not-found");
    expect(await takeBack(ref, id, viewer)).toBe("cancelled");
    expect(await send()).toBe(false);
    expect(await accepted(id)).toEqual([]);

    const gone = await queue(ref);
    await send();
    expect(await takeBack(ref, gone, viewer)).toBe("too-late");
    expect(await reply(gone)).toMatchObject({ state: "sent" });
  });

  test("rests for the time in which it can be taken back", async () => {
    const ref = await lead();
    const outcome = await followUp(ref, wish(), viewer);
    if (outcome.outcome !== "queued") throw new Error("not queued");
    expect(outcome.sendAfter.getTime()).toBeGreaterThan(Date.now());
    expect(await send()).toBe(false);
  });
});

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

describe("several workers", () => {
  test("a lost lease is unknown, and whoever held it changes nothing any more", async () => {
    const id = await queue(await lead());
    const held = await leaseReply();
    if (held === null || "refused" in held) throw new Error("The reply must be leased.");
    expect(await send()).toBe(false);
    await settleLost.step();
    expect(await reply(id)).toMatchObject({ state: "sending" });

    await prisma.reply.updateMany({ where: { id }, data: { leaseUntil: ago(1) } });
    await settleLost.step();
    expect(await reply(id)).toMatchObject({ state: "unknown", stateReason: "unclear" });
    await settleReply(held, { outcome: "not-sent" });
    expect(await reply(id)).toMatchObject({ state: "unknown" });
    expect(await send()).toBe(false);
    expect(await accepted(id)).toEqual([]);
  });

  test("four lanes send every reply of many threads once, each thread in its order", async () => {
    const refs = [await lead(), await lead(), await lead(ads.dream), await lead()];
    const ids: string[] = [];
    for (const text of ["first", "second", "third"]) {
      for (const ref of refs) ids.push(await queue(ref, { text: `${text} ${ref.psid}` }));
    }
    const left = () => prisma.reply.count({ where: { state: { in: ["queued", "sending"] } } });
    const lane = async () => {
      while ((await left()) > 0) await send();
    };
    await Promise.all([lane(), lane(), lane(), lane()]);

    for (const id of ids) expect(await accepted(id)).toHaveLength(1);
    const { sent } = await stage.control("sent");
    const texts = JSON.stringify(sent);
    for (const { psid } of refs) {
      const places = ["first", "second", "third"].map((word) => texts.indexOf(`${word} ${psid}`));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  });

  test("a reply waits for the one before it, though that one rests longer", async () => {
    const ref = await lead();
    const first = await followUp(ref, wish({ text: "first" }), viewer);
    if (first.outcome !== "queued") throw new Error("not queued");
    const second = await followUp(ref, wish({ text: "second" }), viewer);
    if (second.outcome !== "queued") throw new Error("not queued");
    await prisma.reply.updateMany({ where: { id: second.replyId }, data: { sendAfter: new Date(0) } });
    expect(await send()).toBe(false);
    await due();
    await send();
    expect(await reply(first.replyId)).toMatchObject({ state: "sent" });
    expect(await reply(second.replyId)).toMatchObject({ state: "queued" });
  });
});
