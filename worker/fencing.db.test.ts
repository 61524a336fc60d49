import { afterAll, beforeAll, expect, test } from "vitest";
import { leaseReply } from "#lib/threads/lease-reply.ts";
import { settleReply } from "#lib/threads/settle-reply.ts";
import { due, lead, openDesk, queue, reply, stage } from "./testing.ts";

/** A time-out: Meta may have it. */
const UNCLEAR = { outcome: "unclear", reason: "timeout", usage: null } as const;

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
  for (const result of [{ outcome: "not-sent" }, UNCLEAR] as const) {
    await settleReply(before, result);
    expect(await reply(id)).toMatchObject({ state: "sending", leaseNumber: now.leaseNumber });
  }
  await settleReply(now, UNCLEAR);
  expect(await reply(id)).toMatchObject({ state: "unknown" });
});
