import "server-only";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { notify } from "#lib/notify.ts";
import { seal } from "#lib/seal.ts";
import { tokenPlace } from "./page-token.ts";

/**
 * Connects a page with a token made elsewhere, or renews its token. Events that waited for the page
 * are applied by the worker, which this wakes.
 */
export async function connectPage(page: { id: string; name: string; token: string }): Promise<void> {
  const sealedToken = seal(page.token, tokenPlace(page.id), env.ENCRYPTION_KEYS);
  const data = { name: page.name, sealedToken, connectedAt: new Date() };
  await prisma.page.upsert({ where: { id: page.id }, create: { id: page.id, ...data }, update: data });
  await notify("lead_inbox_work", "deliveries");
}
