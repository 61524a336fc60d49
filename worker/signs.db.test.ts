import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { giveSign } from "#lib/leads/give-sign.ts";
import { newViewer } from "../prisma/factories.ts";
import { sendSenderActions } from "./send-sender-actions.ts";
import { clearDesk, lead, openDesk, pageOf, stage, viewer } from "./testing.ts";

beforeAll(openDesk);
afterAll(() => stage.close());
beforeEach(async () => {
  await clearDesk();
  await prisma.senderAction.deleteMany();
});

const sent = async () => {
  while (await sendSenderActions.step());
};
type Ref = Awaited<ReturnType<typeof lead>>;

/** What the person sees. */
const phone = (ref: Ref) => stage.control(`threads/${ref.pageId}/${ref.psid}`);

async function written(ref: Ref, text = "When can you come?"): Promise<string> {
  await stage.control("messages", { pageId: ref.pageId, psid: ref.psid, text });
  await stage.settle();
  return (await prisma.message.findFirstOrThrow({ where: { psid: ref.psid, text } })).mid;
}

describe("a sign", () => {
  test.each(["typing_on", "mark_seen"] as const)("%s goes to Meta once and is gone", async (kind) => {
    const ref = await lead();
    expect(await giveSign(ref, { kind }, viewer)).toEqual({ outcome: "queued" });
    await giveSign(ref, { kind }, viewer);
    expect(await prisma.senderAction.count()).toBe(1);
    await sent();
    expect(await prisma.senderAction.count()).toBe(0);
    const { signs } = await phone(ref);
    expect(signs).toMatchObject({ [kind === "typing_on" ? "typingUntil" : "seenAt"]: expect.any(Number) });
  });

  test("too late is not sent", async () => {
    const ref = await lead();
    await giveSign(ref, { kind: "typing_on" }, viewer);
    await prisma.senderAction.updateMany({ data: { createdAt: new Date(Date.now() - 21_000) } });
    expect(await sendSenderActions.step()).toBe(false);
    expect(await prisma.senderAction.count()).toBe(0);
  });

  test("is not given where a reply could not be either", async () => {
    const ref = await lead();
    const thread = { where: { psid: ref.psid } };
    await prisma.thread.updateMany({ ...thread, data: { control: "page_inbox", controlExpiresAt: null } });
    expect(await giveSign(ref, { kind: "mark_seen" }, viewer)).toEqual({ outcome: "refused", why: "page_inbox" });
    expect(await giveSign(ref, { kind: "mark_seen" }, await newViewer({ pageIds: ["1"] }))).toEqual({
      outcome: "not-found",
    });
  });

  test("that Meta refuses disappears in silence", async () => {
    const ref = await lead();
    await giveSign(ref, { kind: "typing_on" }, viewer);
    await stage.control("block", { pageId: ref.pageId, psid: ref.psid, blocked: true });
    await sent();
    expect(await prisma.senderAction.count()).toBe(0);
  });
});

describe("a reaction of ours", () => {
  test("stands on the person's message, changes, and is taken back", async () => {
    const ref = await lead();
    const mid = await written(ref);
    const shown = async () => (await pageOf(ref)).thread.messages.find(({ id }) => id === mid)?.ourReaction;
    for (const emoji of ["👍", "❤"]) {
      await giveSign(ref, { kind: "react", mid, emoji }, viewer);
      await sent();
      expect(await shown()).toBe(emoji);
      expect(await phone(ref)).toMatchObject({ pageReactions: { [mid]: emoji } });
    }
    await giveSign(ref, { kind: "unreact", mid }, viewer);
    await sent();
    expect(await shown()).toBeNull();
    expect(await phone(ref)).toMatchObject({ pageReactions: {} });
  });

  test("is only for the person's messages in this thread, with what Meta knows", async () => {
    const ref = await lead();
    const mid = await written(ref);
    expect(await giveSign(await lead(), { kind: "react", mid, emoji: "👍" }, viewer)).toEqual({ outcome: "not-found" });
    expect(await giveSign(ref, { kind: "react", mid, emoji: "🦊" }, viewer)).toEqual({ outcome: "not-found" });
    expect(await giveSign(ref, { kind: "react", mid: "m_none", emoji: "👍" }, viewer)).toEqual({
      outcome: "not-found",
    });
  });
});
