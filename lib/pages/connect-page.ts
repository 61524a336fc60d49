import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { seal } from "#lib/seal.ts";
import { wakeWorker } from "#lib/wake-worker.ts";
import { tokenPlace } from "./page-token.ts";
import { tellPageHistory } from "./tell-page-history.ts";

export type PageToConnect = {
  id: string;
  name: string;
  token: string;
  platform?: "messenger" | "instagram";
  /** The Facebook page of an Instagram account: its token, and where calls go. */
  graphId?: string | null;
  /** Whether Meta has granted the page's app the Human Agent feature; left out: as it was. */
  hasHumanAgent?: boolean | undefined;
  /** Where phone numbers without a country code belong, two letters; left out: as it was. */
  defaultCountry?: string | undefined;
  /** Who did it, and how; without: at the command line. */
  actorId?: string | null;
  by?: "login" | "token";
};

/** What a new token is expected to cure; if it does not, the next look at the page finds it again. */
const CURED = ["revoked", "expiring", "missing_permission"] as const;

/**
 * Connects a page with a token, or renews its token. What waited for the page goes on: events are applied,
 * replies are judged again, and the worker looks at once whether the page is well.
 */
export async function connectPage(page: PageToConnect): Promise<void> {
  const { id, name, token, hasHumanAgent, defaultCountry, actorId = null, by = "token" } = page;
  const sealedToken = seal(token, tokenPlace(id), env.ENCRYPTION_KEYS);
  const now = await databaseNow(prisma);
  const data = {
    name,
    sealedToken,
    connectedAt: now,
    ...(page.platform === undefined ? {} : { platform: page.platform }),
    ...(page.graphId === undefined ? {} : { graphId: page.graphId }),
    ...(hasHumanAgent === undefined ? {} : { hasHumanAgent }),
    ...(defaultCountry === undefined ? {} : { defaultCountry }),
  };
  await prisma.$transaction(async (tx) => {
    await tx.page.upsert({ where: { id }, create: { id, ...data }, update: data });
    const cured = { pageId: id, kind: { in: [...CURED] } };
    for (const { kind } of await tx.pageTrouble.findMany({ where: cured, select: { kind: true } })) {
      await tellPageHistory(tx, { pageId: id, kind: "repaired", actorId, data: { kind } });
    }
    await tx.pageTrouble.deleteMany({ where: cured });
    await tellPageHistory(tx, { pageId: id, kind: "connected", actorId, data: { by } });
    await tx.pageHealth.upsert({
      where: { pageId: id },
      create: { pageId: id, checkDueAt: now, reconcileDueAt: now },
      update: { checkDueAt: now },
    });
  });
  await wakeWorker("deliveries");
  await wakeWorker("replies");
  await wakeWorker("pages");
}
