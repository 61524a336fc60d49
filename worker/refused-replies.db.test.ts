import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { ads, ago, KITCHEN, SOLAR } from "#lib/inbound/testing.ts";
import { followUp } from "#lib/leads/follow-up.ts";
import { newViewer } from "../prisma/factories.ts";
import { accepted, clearDesk, lead, openDesk, pageOf, queue, reply, send, stage, viewer, wish } from "./testing.ts";

beforeAll(openDesk);
beforeEach(clearDesk);
afterAll(() => stage.close());

describe("what may not be written is refused, with the reason", () => {
  test.each([
    ["empty", "  \n"],
    ["too_long", "x".repeat(10_001)],
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

  test("newer_message: what the history shows of the questions is nobody's answer, what came after them is", async () => {
    const ref = await lead();
    const { pageId, psid } = ref;
    const { at } = await prisma.lead.findUniqueOrThrow({ where: { pageId_id: { pageId, id: ref.id } } });
    const shown = (mid: string, sentAt: Date) =>
      prisma.message.create({
        data: { pageId, psid, mid, direction: "out", text: mid, sentAt, receivedAt: new Date() },
      });
    await shown("m_thanks", at);
    const id = await queue(ref);
    await shown("m_welcome", new Date(at.getTime() + 1_000));
    await send();
    expect(await reply(id)).toMatchObject({ state: "sent" });

    const other = await lead();
    await prisma.message.create({
      data: {
        ...{ pageId: other.pageId, psid: other.psid, mid: "m_jana", direction: "out", text: "Jana here." },
        ...{ sentAt: new Date(at.getTime() + 60_000), receivedAt: new Date() },
      },
    });
    expect(await followUp(other, wish(), viewer)).toEqual({ outcome: "refused", why: "newer_message" });
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
