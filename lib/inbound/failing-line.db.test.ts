import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { failEverywhere, Onlooker } from "../../prisma/every-failure.ts";
import { layFailingLine } from "../../prisma/failing-line.ts";
import { applyDeliveries } from "./apply-deliveries.ts";
import { leadHandover, referral, takenByInbox, userMessage } from "./item-samples.ts";
import { keepDelivery } from "./keep-delivery.ts";
import { ads, SOLAR as pageId } from "./testing.ts";

const line = await layFailingLine();
const onlooker = new Onlooker(line.directUrl);
beforeAll(() => onlooker.open());
afterAll(async () => {
  await onlooker.close();
  await prisma.$disconnect();
  await line.close();
});

const at = new Date(Date.UTC(2026, 10, 20, 10));
const thread = { pageId, psid: "7719006600000001" };
const neighbour = { pageId, psid: "7719006600000002" };
const body = new TextEncoder().encode(
  JSON.stringify({
    object: "page",
    entry: [
      referral(thread, at, { isComplete: true, adId: ads.roof, answers: [{ question: "Q", answer: "A" }] }),
      userMessage(neighbour, at, "m_neighbour", "Hello"),
      leadHandover(thread, at, true),
      userMessage(thread, at, "m_after", "When do you call?"),
      takenByInbox(thread, new Date(at.getTime() + 60_000), null),
    ].map((item) => ({ id: pageId, time: at.getTime(), messaging: [item] })),
  }),
);

/** Later: whoever held a lease when the line failed is known to be gone. */
const leasesEnd = async () => {
  await onlooker.ask(`UPDATE raw_delivery SET "leaseUntil" = now() - interval '1 hour' WHERE state = 'waiting'`);
};
async function applyAll(): Promise<void> {
  while (await applyDeliveries());
}

describe("each statement fails in turn", { timeout: 240_000 }, () => {
  test("keep a delivery: it is kept, whole, where we say so", async () => {
    await failEverywhere(line, onlooker, {
      prepare: async () => undefined,
      act: () => keepDelivery(body, {}),
      isAtomic: true,
      // Meta sends again what it was not told of; twice kept is applied once.
      isSeen: true,
    });
  });

  test("apply a delivery: each event once, none given up, and what failed comes up again", async () => {
    const counts = await failEverywhere(line, onlooker, {
      prepare: async () => {
        await connectPage({ id: pageId, name: "Solar Süd", token: "t" });
        await keepDelivery(body, {});
      },
      act: applyAll,
      check: async () => {
        // The database failed, and no event is to blame for it.
        expect(await onlooker.ask("SELECT 1 FROM event WHERE state = 'parked'")).toEqual([]);
        expect(await onlooker.ask("SELECT 1 FROM raw_delivery WHERE body <> $1", [body])).toEqual([]);
        // The key of an event and what it changed are one: a lead without its signal's key there never is.
        expect(
          await onlooker.ask(
            `SELECT 1 FROM message m WHERE NOT EXISTS (SELECT FROM event e WHERE e.psid = m.psid AND e.kind = 'message')
             UNION ALL SELECT 1 FROM signal s WHERE NOT EXISTS (SELECT FROM event e WHERE e.key = s.key)`,
          ),
        ).toEqual([]);
      },
      again: async () => {
        await leasesEnd();
        await applyAll();
      },
    });
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(15);
  });
});
