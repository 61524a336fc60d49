import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { followUp } from "#lib/leads/follow-up.ts";
import { takeBack } from "#lib/leads/take-back.ts";
import { accepted, clearDesk, due, lead, openDesk, pageOf, send, stage, viewer, wish } from "./testing.ts";

beforeAll(openDesk);
afterAll(() => stage.close());
beforeEach(clearDesk);

const first = `${"Roof ".repeat(300).trim()}.`;
const second = `${"Meter ".repeat(200).trim()}.`;
const third = `${"Price ".repeat(200).trim()}.`;
const long = [first, second, third].join("\n\n");

const parts = () => prisma.reply.findMany({ orderBy: { part: "asc" } });

async function queueLong(ref: Awaited<ReturnType<typeof lead>>, intentId: string = randomUUID()) {
  const outcome = await followUp(ref, wish({ text: long, intentId }), viewer);
  if (outcome.outcome !== "queued") throw new Error(JSON.stringify(outcome));
  return outcome.replyId;
}

describe("a text longer than a message", () => {
  test("leaves in parts, in order, and each only once", async () => {
    const ref = await lead();
    await queueLong(ref);
    await due();
    while (await send());
    const rows = await parts();
    expect(rows.map(({ part, state, text }) => [part, state, text.trim()])).toEqual([
      [0, "sent", first],
      [1, "sent", second],
      [2, "sent", third],
    ]);
    await stage.settle();
    const shown = (await pageOf(ref)).thread.messages.filter(({ from }) => from === "agent");
    expect(shown.map(({ text }) => text)).toEqual([first, second, third]);
  });

  test("is one reply, however often the press arrives", async () => {
    const ref = await lead();
    const intentId = randomUUID();
    const id = await queueLong(ref, intentId);
    expect(await queueLong(ref, intentId)).toBe(id);
    expect(await parts()).toHaveLength(3);
  });

  test("is taken back as a whole, and not at all once its beginning has left", async () => {
    const ref = await lead();
    const id = await queueLong(ref);
    expect(await takeBack(ref, id, viewer)).toBe("cancelled");
    expect((await parts()).map(({ state }) => state)).toEqual(["cancelled", "cancelled", "cancelled"]);

    await prisma.reply.deleteMany();
    const gone = await queueLong(ref);
    await due();
    await send();
    expect(await takeBack(ref, gone, viewer)).toBe("too-late");
    expect((await parts()).map(({ state }) => state)).toEqual(["sent", "queued", "queued"]);
  });

  test("stops where a part is refused, and says of the rest why it stayed", async () => {
    const ref = await lead();
    const id = await queueLong(ref);
    await due();
    await stage.control("block", { pageId: ref.pageId, psid: ref.psid, blocked: true });
    while (await send());
    expect((await parts()).map(({ state, stateReason }) => [state, stateReason])).toEqual([
      ["failed", "personUnavailable"],
      ["failed", "earlier_part"],
      ["failed", "earlier_part"],
    ]);
    expect(await accepted(id)).toEqual([]);
  });

  test("stops where it is unclear whether a part arrived", async () => {
    const ref = await lead();
    await queueLong(ref);
    await due();
    await stage.control("faults", { unclear: "error500", accepted: false });
    while (await send());
    expect((await parts()).map(({ state }) => state)).toEqual(["unknown", "failed", "failed"]);
  });

  test("of more than five messages is refused before anything is queued", async () => {
    const ref = await lead();
    const outcome = await followUp(ref, wish({ text: "x".repeat(10_001) }), viewer);
    expect(outcome).toEqual({ outcome: "refused", why: "too_long" });
    expect(await parts()).toEqual([]);
  });
});
