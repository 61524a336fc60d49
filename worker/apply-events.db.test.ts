import { createHash } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { delivery, userMessage } from "#lib/inbound/item-samples.ts";
import { keepDelivery } from "#lib/inbound/keep-delivery.ts";
import { newThread, SOLAR } from "#lib/inbound/testing.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { applyEvents } from "./apply-events.ts";

const WAITING = 2_000;
const FEW_TURNS = 3;
const HOUR = 60 * 60 * 1000;

function kept(text: string, at: Date) {
  const thread = newThread();
  const body = new TextEncoder().encode(JSON.stringify(delivery(SOLAR, userMessage(thread, at, `m_${text}`, text))));
  const sha256 = new Uint8Array(createHash("sha256").update(body).digest());
  return { body, row: { id: newId(), receivedAt: at, body, sha256, headers: {} } };
}

const has = async (text: string) => (await prisma.message.count({ where: { text } })) === 1;

beforeAll(async () => {
  await connectPage({ id: SOLAR, name: "Solar Süd", token: "t" });
  const since = Date.now() - HOUR;
  await prisma.rawDelivery.createMany({
    data: Array.from({ length: WAITING }, (_, i) => kept(`old ${i}`, new Date(since + i * 1_000)).row),
  });
});

test("behind an outage, who writes now is seen within a few turns, and the oldest is made good meanwhile", async () => {
  for (let turn = 0; turn < FEW_TURNS; turn += 1) {
    for (let lane = 0; lane < applyEvents.lanes; lane += 1) await applyEvents.step(lane);
  }
  expect(await has("old 0")).toBe(true);
  expect(await has(`old ${WAITING - 1}`)).toBe(true);
  expect(await has(`old ${WAITING / 2}`)).toBe(false);

  for (const text of ["fresh 1", "fresh 2"]) {
    await keepDelivery(kept(text, new Date()).body, {});
    for (let turn = 0; turn < FEW_TURNS; turn += 1) await applyEvents.step(0);
    expect(await has(text)).toBe(true);
  }

  // Nobody's turn is forgotten: the oldest of those that wait is always next for the others.
  for (let turn = 0; turn < FEW_TURNS; turn += 1) {
    const oldest = await prisma.rawDelivery.findFirstOrThrow({
      where: { state: "waiting" },
      orderBy: [{ receivedAt: "asc" }, { id: "asc" }],
      select: { id: true },
    });
    await applyEvents.step(1);
    expect(await prisma.rawDelivery.findUnique({ where: oldest, select: { state: true } })).toEqual({
      state: "opened",
    });
  }
});
