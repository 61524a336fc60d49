import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { settleUnknown } from "#lib/leads/settle-unknown.ts";
import { newViewer } from "../prisma/factories.ts";
import { clearDesk, lead, openDesk, pageOf, queue, reply, send, stage, viewer } from "./testing.ts";

beforeAll(openDesk);
afterAll(() => stage.close());
beforeEach(clearDesk);

async function unclear(accepted: boolean) {
  const ref = await lead();
  await stage.control("faults", { unclear: "error500", accepted });
  const replyId = await queue(ref);
  await send();
  expect(await reply(replyId)).toMatchObject({ state: "unknown" });
  return { ref, replyId };
}

test("a person who knows that it arrived says so, and the lead is answered", async () => {
  const { ref, replyId } = await unclear(false);
  expect(await settleUnknown(ref, { replyId, hasArrived: true }, viewer)).toBe("settled");
  expect(await reply(replyId)).toMatchObject({ state: "sent", stateReason: null });
  const { sendingAt } = await reply(replyId);
  const answered = { waitingSince: null, firstResponseAt: sendingAt };
  expect(await prisma.lead.findFirstOrThrow({ where: { id: ref.id } })).toMatchObject(answered);
  expect(await settleUnknown(ref, { replyId, hasArrived: false }, viewer)).toBe("too-late");
  // Whose word it was stays on record, once.
  const told = (await pageOf(ref)).activity.filter(({ kind }) => kind.startsWith("reply_"));
  expect(told).toMatchObject([{ kind: "reply_arrived", actor: "Ada" }]);
});

test("one that did not arrive may be written anew; nothing is sent again by itself", async () => {
  const { ref, replyId } = await unclear(false);
  expect(await settleUnknown(ref, { replyId, hasArrived: false }, viewer)).toBe("settled");
  expect(await send()).toBe(false);
  expect((await pageOf(ref)).thread.messages.at(-1)?.reply).toMatchObject({ state: "failed", reason: "not_arrived" });
});

test("Meta's echo knows better than people", async () => {
  const { ref, replyId } = await unclear(true);
  await settleUnknown(ref, { replyId, hasArrived: false }, viewer);
  await stage.settle();
  expect(await reply(replyId)).toMatchObject({ state: "sent", stateReason: null });
});

test("only those who see the lead may say so", async () => {
  const { ref, replyId } = await unclear(false);
  const stranger = await newViewer({ pageIds: ["1"] });
  expect(await settleUnknown(ref, { replyId, hasArrived: true }, stranger)).toBe("not-found");
  expect(await settleUnknown(await lead(), { replyId, hasArrived: true }, viewer)).toBe("not-found");
});
