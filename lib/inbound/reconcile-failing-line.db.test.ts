import { afterAll, beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { failEverywhere, Onlooker } from "../../prisma/every-failure.ts";
import { layFailingLine } from "../../prisma/failing-line.ts";
import { untilReconciled } from "./history-testing.ts";
import { ads, ago, openStage, SOLAR as pageId, type Stage } from "./testing.ts";

const line = await layFailingLine();
const onlooker = new Onlooker(line.directUrl);
let stage: Stage;

beforeAll(async () => {
  await onlooker.open();
  stage = await openStage();
  await stage.control("faults", { conversationBurst: 0 });
  // What Meta says of it never arrives.
  await stage.control("delivery", { hold: true });
  await stage.play(ads.roof, "complete", { endedAt: ago(1) });
});
afterAll(async () => {
  await stage.close();
  await onlooker.close();
  await prisma.$disconnect();
  await line.close();
});

/** Later: the leases of whoever failed have ended. */
const leasesEnd = () =>
  onlooker.ask(`UPDATE raw_delivery SET "leaseUntil" = now() - interval '1 hour' WHERE state = 'waiting'`);

test("each statement fails in turn while a page is reconciled: what its history shows comes back, once", async () => {
  const counts = await failEverywhere(line, onlooker, {
    prepare: async () => {
      await connectPage({ id: pageId, name: "Solar Süd", token: `sandbox-page-token-${pageId}` });
      const due = { reconcileSince: ago(3), reconcileDueAt: new Date(0) };
      await prisma.pageHealth.upsert({ where: { pageId }, create: { pageId, ...due }, update: due });
    },
    act: () => untilReconciled(pageId),
    again: async () => {
      await leasesEnd();
      await untilReconciled(pageId);
    },
    isLong: true,
    tables: ["answer", "lead", "message", "page_history", "person", "signal", "thread"],
    check: async () => expect(await onlooker.ask("SELECT 1 FROM event WHERE state = 'parked'")).toEqual([]),
  });
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(10);
}, 600_000);
