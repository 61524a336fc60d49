import "server-only";
import { z } from "zod";
import { databaseNow } from "#lib/database-now.ts";
import type { Tx } from "#lib/db.ts";
import type { PolicyNotice } from "#lib/messenger/meta-event.ts";
import { nextProbeMs } from "./page-trouble.ts";
import { type PolicyWord, policyState } from "./policy-state.ts";
import { tellPageHistory } from "./tell-page-history.ts";

const told = z.object({ action: z.string(), reason: z.string().nullable().catch(null) });

/** Writes a warning, a block or its end into the page's history, and what it changes about the page. */
export async function recordPolicy(tx: Tx, event: PolicyNotice): Promise<void> {
  const { pageId, key, at, action, reason } = event;
  await lockPage(tx, pageId);
  const before = await findWords(tx, pageId);
  if (!(await tellPageHistory(tx, { pageId, kind: "policy", key, at, data: { action, reason } }))) return;

  // Only what this notice changes: a restriction that was found or lifted otherwise stays as it is.
  const was = policyState(before);
  const is = policyState([...before, { action, reason, at, key }]);
  if (is.warned === null && was.warned !== null) await clear(tx, pageId, "warned");
  if (is.warned !== null && is.warned.key !== was.warned?.key) {
    await clear(tx, pageId, "warned");
    await tx.pageTrouble.createMany({
      data: { pageId, kind: "warned", since: is.warned.at, reason: is.warned.reason },
      skipDuplicates: true,
    });
  }
  // Being unblocked ends a restriction that was only noticed by a refused call, too.
  if (is.restricted === null && (was.restricted !== null || action === "unblock"))
    await clear(tx, pageId, "restricted");
  if (is.restricted !== null && was.restricted === null) {
    const pauseMs = nextProbeMs(null);
    const data = { probeAt: new Date((await databaseNow(tx)).getTime() + pauseMs).toISOString(), pauseMs };
    await tx.pageTrouble.createMany({
      data: { pageId, kind: "restricted", since: is.restricted.at, reason: "pageRestricted", data },
      skipDuplicates: true,
    });
  }
}

/** Two notices at once must see each other. Raw, because Prisma has no row locks. */
async function lockPage(tx: Tx, pageId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM page WHERE id = ${pageId} FOR UPDATE`;
}

async function findWords(tx: Tx, pageId: string): Promise<PolicyWord[]> {
  const rows = await tx.pageHistory.findMany({
    where: { pageId, kind: "policy" },
    select: { at: true, key: true, data: true },
  });
  return rows.flatMap(({ at, key, data }) => {
    const read = told.safeParse(data);
    return read.success ? [{ ...read.data, at, key: key ?? "" }] : [];
  });
}

async function clear(tx: Tx, pageId: string, kind: "warned" | "restricted"): Promise<void> {
  await tx.pageTrouble.deleteMany({ where: { pageId, kind } });
}
