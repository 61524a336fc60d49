import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setAutoReply } from "#lib/ads/set-auto-reply.ts";
import { prisma } from "#lib/db.ts";
import { keepHistory } from "#lib/inbound/keep-history.ts";
import { ads, ago, SOLAR } from "#lib/inbound/testing.ts";
import { retellThread } from "#lib/leads/retell-thread.ts";
import { newViewer } from "../prisma/factories.ts";
import { accepted, clearDesk, lead, openDesk, pageOf, queue, reply, send, stage, viewer } from "./testing.ts";

const TEXT = "Thank you! Somebody of our team answers today.";
const ad = { pageId: SOLAR, adId: ads.roof };

beforeAll(async () => {
  await openDesk();
  // The ad is known from its first lead on.
  await lead();
});
afterAll(() => stage.close());
beforeEach(async () => {
  await clearDesk();
  await setAutoReply(ad, null, await newViewer({ role: "manager" }));
  await prisma.page.update({ where: { id: SOLAR }, data: { disclosure: null } });
});

const switchOn = async () => setAutoReply(ad, TEXT, await newViewer({ role: "manager" }));
const replies = (psid: string) => prisma.reply.findMany({ where: { psid } });

describe("the first automatic reply of an ad", () => {
  test("is off until a manager writes one", async () => {
    expect(await replies((await lead()).psid)).toEqual([]);
    expect(await setAutoReply(ad, TEXT, viewer)).toBe("not-allowed");
    expect(await setAutoReply(ad, "x".repeat(401), await newViewer({ role: "admin" }))).toBe("too-long");
    expect(await setAutoReply({ ...ad, adId: "1" }, TEXT, await newViewer({ role: "admin" }))).toBe("not-found");
    expect(await setAutoReply(ad, TEXT, await newViewer({ role: "admin", pageIds: ["1"] }))).toBe("not-found");
  });

  test("goes out once per complete lead, as a reply within the window, and answers nobody", async () => {
    await switchOn();
    const ref = await lead(ads.roof, "complete", ago(0));
    const [queued] = await replies(ref.psid);
    expect(queued).toMatchObject({ text: TEXT, authorId: null, state: "queued" });
    while (await send());
    await retellThread(ref);
    expect(await replies(ref.psid)).toHaveLength(1);
    expect(await reply(queued?.id ?? "")).toMatchObject({ state: "sent", messagingType: "RESPONSE", tag: null });
    expect(await accepted(queued?.id ?? "")).toHaveLength(1);
    await stage.settle();
    const page = await pageOf(ref);
    expect(page).toMatchObject({ firstResponseSeconds: null });
    expect(page.thread.messages.at(-1)).toMatchObject({ text: TEXT, reply: { authorId: null } });
    const row = await prisma.lead.findFirstOrThrow({ where: { id: ref.id } });
    expect(row).toMatchObject({ firstResponseAt: null, waitingSince: expect.any(Date) });
    expect(await prisma.thread.findFirstOrThrow({ where: { psid: ref.psid } })).toMatchObject({
      lastHumanReplyAt: null,
    });

    // Whoever answers now was not forestalled by a machine.
    const human = await queue(ref);
    await send();
    expect(await reply(human)).toMatchObject({ state: "sent" });
  });

  test("is not said twice where one lead turns out to be two", async () => {
    await switchOn();
    const { pageId, psid, id } = await lead(ads.roof, "complete", ago(0));
    const told = await prisma.signal.findFirstOrThrow({ where: { leadId: id, kind: "R" } });
    const answers = [{ question: "Is it another one?", answer: "Yes" }];
    await prisma.signal.create({
      data: { ...told, key: "contradicts", answers, leadId: null, at: new Date(told.at.getTime() + 1_000) },
      select: { key: true },
    });
    await retellThread({ pageId, psid });
    expect(await prisma.lead.count({ where: { psid, status: "complete" } })).toBe(2);
    expect(await replies(psid)).toHaveLength(1);
  });

  test("answers nobody where only the history shows that it arrived", async () => {
    await switchOn();
    const { pageId, psid } = await lead(ads.roof, "complete", ago(0));
    const sendingAt = new Date();
    await prisma.reply.updateMany({ where: { psid }, data: { state: "unknown", sendingAt } });
    const at = sendingAt.toISOString();
    const message = { mid: "m_greeting", at, fromId: pageId, text: TEXT, attachments: [], replyToMid: null };
    await keepHistory({ pageId, psid, platform: "page", askedAt: at, messages: [message] });
    await stage.settle();
    expect(await replies(psid)).toMatchObject([{ state: "sent", mid: "m_greeting" }]);
    expect(await prisma.thread.findFirstOrThrow({ where: { psid } })).toMatchObject({ lastHumanReplyAt: null });
  });

  test("begins with the sentence the page owes people", async () => {
    await switchOn();
    await prisma.page.update({ where: { id: SOLAR }, data: { disclosure: "This is an automatic message." } });
    const [queued] = await replies((await lead(ads.roof, "complete", ago(0))).psid);
    expect(queued?.text).toBe(`This is an automatic message.\n\n${TEXT}`);
  });

  test.each(["abandoned", "stopped", "interrupted_by_inbox"] as const)(
    "is not for leads that ended %s",
    async (ending) => {
      await switchOn();
      expect(await replies((await lead(ads.roof, ending, ago(0))).psid)).toEqual([]);
    },
  );

  test("is not for leads that come late, nor for other ads", async () => {
    await switchOn();
    expect(await replies((await lead(ads.roof, "complete", ago(2))).psid)).toEqual([]);
    expect(await replies((await lead(ads.battery, "complete", ago(0))).psid)).toEqual([]);
  });

  test("gives way to a colleague who was faster", async () => {
    const ref = await lead(ads.roof, "complete", ago(0));
    await queue(ref);
    await switchOn();
    await retellThread(ref);
    expect((await replies(ref.psid)).filter(({ authorId }) => authorId === null)).toEqual([]);
    await send();
    await retellThread(ref);
    expect(await replies(ref.psid)).toHaveLength(1);
  });

  test("stays where the person wants to hear no more before it left, or from the start", async () => {
    await switchOn();
    const ref = await lead(ads.roof, "complete", ago(0));
    const [queued] = await replies(ref.psid);
    await prisma.person.updateMany({ where: { psid: ref.psid }, data: { stoppedAt: new Date() } });
    await send();
    expect(await reply(queued?.id ?? "")).toMatchObject({ state: "failed", stateReason: "stopped" });
    expect(await accepted(queued?.id ?? "")).toEqual([]);
    await prisma.reply.deleteMany();
    await retellThread(ref);
    expect(await replies(ref.psid)).toEqual([]);
  });

  test("never leaves under a tag, even where people may still answer under one", async () => {
    await switchOn();
    const ref = await lead(ads.roof, "complete", ago(0));
    const [queued] = await replies(ref.psid);
    await prisma.page.update({ where: { id: SOLAR }, data: { hasHumanAgent: true } });
    const lastActionAt = ago(48);
    await prisma.thread.updateMany({
      where: { psid: ref.psid },
      data: { lastActionAt, firstAdMessageAt: null, probableActionAt: null },
    });
    await send();
    expect(await reply(queued?.id ?? "")).toMatchObject({ state: "failed", stateReason: "closed", tag: null });
    expect(await accepted(queued?.id ?? "")).toEqual([]);
  });

  test("stays where another app took the thread before it left", async () => {
    await switchOn();
    const ref = await lead(ads.roof, "complete", ago(0));
    const [queued] = await replies(ref.psid);
    await prisma.thread.updateMany({
      where: { psid: ref.psid },
      data: { control: "page_inbox", controlExpiresAt: null },
    });
    await send();
    expect(await reply(queued?.id ?? "")).toMatchObject({ state: "failed", stateReason: "page_inbox" });
    await retellThread(ref);
    expect(await replies(ref.psid)).toHaveLength(1);
  });
});
