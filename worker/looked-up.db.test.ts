import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { ago } from "#lib/inbound/testing.ts";
import { refreshThreads } from "./refresh-threads.ts";
import { settleLost } from "./settle-lost-replies.ts";
import { accepted, clearDesk, lead, openDesk, queue, reply, send, stage } from "./testing.ts";

beforeAll(openDesk);
afterAll(() => stage.close());
beforeEach(async () => {
  await clearDesk();
  await prisma.thread.updateMany({ data: { refreshDueAt: null } });
});

/** A reply Meta answered unclearly, and whose echo never came. */
async function unclear(isAccepted: boolean) {
  const ref = await lead();
  await stage.control("faults", { unclear: "error500", accepted: isAccepted });
  await stage.control("faults", { dropEchoes: 1 });
  const id = await queue(ref, { text: `Do you have time? ${ref.psid}` });
  await send();
  await stage.settle();
  await prisma.thread.updateMany({ data: { refreshDueAt: null, historyReadAt: null } });
  expect(await reply(id)).toMatchObject({ state: "unknown" });
  return { ref, id };
}

const lookUp = async () => {
  await settleLost.step();
  await prisma.pageHealth.updateMany({ data: { leaseUntil: null } });
  const hasAsked = await refreshThreads.step();
  await stage.settle();
  return hasAsked;
};
const pass = (id: string, minutes: number) =>
  prisma.reply.updateMany({ where: { id }, data: { settledAt: ago(minutes / 60) } });

test("a reply whose echo never came is looked up in its thread after a quarter of an hour", async () => {
  const { id } = await unclear(true);
  await pass(id, 14);
  expect(await lookUp()).toBe(false);
  await pass(id, 16);
  expect(await lookUp()).toBe(true);
  expect(await reply(id)).toMatchObject({ state: "sent", stateReason: null, mid: expect.any(String), attempt: 1 });
  expect(await accepted(id)).toHaveLength(1);
});

test("one that Meta's history does not show stays for a person, and is looked up once", async () => {
  const { id } = await unclear(false);
  await pass(id, 16);
  expect(await lookUp()).toBe(true);
  expect(await lookUp()).toBe(false);
  expect(await reply(id)).toMatchObject({ state: "unknown", attempt: 1 });
  expect(await accepted(id)).toEqual([]);
});
