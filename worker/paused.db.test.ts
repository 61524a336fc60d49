import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { giveSign } from "#lib/leads/give-sign.ts";
import { getSending } from "#lib/threads/get-sending.ts";
import { pauseSending } from "#lib/threads/pause-sending.ts";
import { resumeSending } from "#lib/threads/resume-sending.ts";
import { newViewer } from "../prisma/factories.ts";
import { holdReplies } from "./hold-replies.ts";
import { sendSenderActions } from "./send-sender-actions.ts";
import { accepted, clearDesk, lead, openDesk, pageOf, queue, reply, send, stage, viewer } from "./testing.ts";

const manager = () => newViewer({ name: "Mia", role: "manager" });

beforeAll(openDesk);
beforeEach(clearDesk);
afterEach(async () => void (await resumeSending(null)));
afterAll(() => stage.close());

describe("while sending is paused", () => {
  test("nothing leaves; replies are taken, say why they wait, and leave once after the resume", async () => {
    const ref = await lead();
    const id = await queue(ref);
    expect(await pauseSending(await manager())).toBe("paused");
    expect(await send()).toBe(false);
    await holdReplies.step();
    expect((await pageOf(ref)).thread.messages.at(-1)?.reply).toMatchObject({ reason: "sending_paused" });
    expect(await getSending(viewer)).toMatchObject({ why: "by_person", byName: "Mia", waiting: 1, held: 0 });

    expect(await resumeSending(await manager())).toBe("resumed");
    await Promise.all([send(), send(), send()]);
    expect(await accepted(id)).toHaveLength(1);
    await stage.settle();
    expect(await reply(id)).toMatchObject({ state: "sent", stateReason: null, attempt: 1 });
    expect(await getSending(viewer)).toMatchObject({ pausedAt: null, waiting: 0 });
  });

  test("a reply is judged as things stand when it leaves", async () => {
    const ref = await lead();
    const id = await queue(ref);
    await pauseSending(null);
    await prisma.thread.updateMany({
      where: { psid: ref.psid },
      data: { lastActionAt: new Date(0), firstAdMessageAt: null, probableActionAt: null },
    });
    await resumeSending(null);
    await send();
    expect(await reply(id)).toMatchObject({ state: "failed", stateReason: "closed" });
    expect(await accepted(id)).toEqual([]);
  });

  test("signs wait and go stale", async () => {
    const ref = await lead();
    await pauseSending(null);
    expect(await giveSign(ref, { kind: "typing_on" }, viewer)).toEqual({ outcome: "queued" });
    expect(await sendSenderActions.step()).toBe(false);
    await prisma.senderAction.deleteMany();
  });

  test("only managers and administrators pause and resume", async () => {
    expect(await pauseSending(viewer)).toBe("not-allowed");
    expect(await pauseSending(await manager())).toBe("paused");
    expect(await pauseSending(await manager())).toBe("already-paused");
    expect(await resumeSending(viewer)).toBe("not-allowed");
    expect(await getSending(viewer)).toMatchObject({ why: "by_person" });
    expect(await resumeSending(await newViewer({ role: "admin" }))).toBe("resumed");
    expect(await resumeSending(await manager())).toBe("not-paused");
  });
});

test("pausing and resuming in the midst of sending neither loses nor doubles a reply", async () => {
  const ids: string[] = [];
  for (const text of ["one", "two", "three", "four"]) ids.push(await queue(await lead(), { text }));
  const left = () => prisma.reply.count({ where: { state: { in: ["queued", "sending"] } } });
  const lane = async () => {
    while ((await left()) > 0) await send();
  };
  const restless = async () => {
    while ((await left()) > 0) {
      await pauseSending(null);
      // Whoever began to ask before the pause may still take one; afterwards nobody does.
      const begun = await prisma.reply.count({ where: { state: "sending" } });
      expect(begun).toBeLessThanOrEqual(2);
      await resumeSending(null);
    }
  };
  await Promise.all([lane(), lane(), restless()]);
  for (const id of ids) expect(await accepted(id)).toHaveLength(1);
});

test("what paused before the worker asks stays paused for as long as nobody resumes", async () => {
  const id = await queue(await lead());
  await pauseSending(null);
  const tries = await Promise.all(Array.from({ length: 8 }, () => send()));
  expect(tries).toEqual(tries.map(() => false));
  expect(await reply(id)).toMatchObject({ state: "queued", attempt: 0 });
});
