import "server-only";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { seal } from "#lib/seal.ts";
import { wakeWorker } from "#lib/wake-worker.ts";
import { tokenPlace } from "./page-token.ts";

export type PageToConnect = {
  id: string;
  name: string;
  token: string;
  /** Whether Meta has granted the page's app the Human Agent feature; left out: as it was. */
  hasHumanAgent?: boolean | undefined;
  /** Where phone numbers without a country code belong, two letters; left out: as it was. */
  defaultCountry?: string | undefined;
};

/**
 * Connects a page with a token made elsewhere, or renews its token. Events that waited for the page
 * are applied by the worker, which this wakes.
 */
export async function connectPage(page: PageToConnect): Promise<void> {
  const { id, name, token, hasHumanAgent, defaultCountry } = page;
  const sealedToken = seal(token, tokenPlace(id), env.ENCRYPTION_KEYS);
  const data = {
    name,
    sealedToken,
    connectedAt: new Date(),
    ...(hasHumanAgent === undefined ? {} : { hasHumanAgent }),
    ...(defaultCountry === undefined ? {} : { defaultCountry }),
  };
  await prisma.page.upsert({ where: { id }, create: { id, ...data }, update: data });
  await wakeWorker("deliveries");
}
