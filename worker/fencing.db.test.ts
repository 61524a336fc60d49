import { afterAll, beforeAll, expect, test } from "vitest";
import { leaseReply } from "#lib/threads/lease-reply.ts";
import { settleReply } from "#lib/threads/settle-reply.ts";
import { due, lead, openDesk, queue, reply, stage } from "./testing.ts";

beforeAll(openDesk);
afterAll(() => stage.close());

async function leased() {
  const held = await leaseReply();
  if (held === null || "refused" in held) throw new Error("The reply must be leased.");
  return held;
}

test("whoever held a reply before settles nothing that is in another's hands", async () => {
  const id = await queue(await lead());
  const before = await leased();
  await settleReply(before, { outcome: "not-sent" });
  await due();
  const now = await leased();
  for (const outcome of ["not-sent", "unclear"] as const) {
    await settleReply(before, { outcome });
    expect(await reply(id)).toMatchObject({ state: "sending", leaseNumber: now.leaseNumber });
  }
  await settleReply(now, { outcome: "unclear" });
  expect(await reply(id)).toMatchObject({ state: "unknown" });
});
