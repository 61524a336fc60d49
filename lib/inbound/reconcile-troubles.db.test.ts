import { afterAll, beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import {
  type BadMeta,
  everything,
  expectBack,
  playGap,
  reconcileSince,
  rested,
  standBefore,
} from "./history-testing.ts";
import { reconcilePage } from "./reconcile-page.ts";
import { ads, ago, openStage, SOLAR as pageId, type Stage } from "./testing.ts";

let stage: Stage;
let meta: BadMeta;
beforeAll(async () => {
  stage = await openStage(async (address) => {
    meta = await standBefore(address);
    return meta.url;
  });
  await stage.control("faults", { conversationBurst: 0 });
});
afterAll(async () => {
  meta.close();
  await stage.close();
});

test("a gap with 60 leads on Meta's worst day: two workers, lost leases, refusals of every kind, and all of it is back", async () => {
  const heard: string[] = [];
  for (const ad of [ads.roof, ads.battery]) heard.push((await stage.play(ad, "complete", { endedAt: ago(5) })).psid);
  await stage.settle();
  const gap = await playGap(stage, pageId, { events: 500, leads: 60 });

  meta.trouble(async ({ path, count }) => {
    // Somebody else takes the page while we wait for the answer.
    if (count % 13 === 0) {
      await rested(pageId);
      await reconcilePage();
    }
    if (path.includes("/conversations") && count <= 8) return "throttled";
    if (count % 17 === 0) return "dead-token";
    if (count >= 40 && count < 48) return "throttled";
    if (count >= 60 && count < 68) return "500";
    return ([null, null, null, "500", null, "cut", null, "throttled", null, "odd"] as const)[count % 10] ?? null;
  });
  const reconnect = async () => {
    if ((await prisma.pageTrouble.count({ where: { pageId, kind: "revoked" } })) === 0) return;
    await connectPage({ id: pageId, name: "Solar Süd", token: `sandbox-page-token-${pageId}` });
  };
  const since = ago(20 / 60);
  await reconcileSince(pageId, since, reconnect);
  await expectBack(pageId, gap, heard);

  meta.trouble(() => null);
  const before = await everything(pageId);
  await reconcileSince(pageId, since);
  expect(await everything(pageId)).toEqual(before);
}, 240_000);
