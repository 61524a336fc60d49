import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { ads, ago } from "#lib/inbound/testing.ts";
import { followUp } from "#lib/leads/follow-up.ts";
import { takeBack } from "#lib/leads/take-back.ts";
import { leaseReply } from "#lib/threads/lease-reply.ts";
import { settleReply } from "#lib/threads/settle-reply.ts";
import { newViewer } from "../prisma/factories.ts";
import { settleLost } from "./settle-lost-replies.ts";
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
