import "server-only";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { isLeadgen, isPageInbox } from "#lib/messenger/app-ids.ts";
import type { ControlTerms } from "./control-actions.ts";
import { readRouting } from "./read-routing.ts";
import type { ThreadKey } from "./thread-key.ts";

const SHOWN_APPS = 3;

/** What decides, beside who holds the thread since `since`, which actions can work there. */
export async function getControlTerms(tx: Tx, { pageId, psid }: ThreadKey, since: Date | null): Promise<ControlTerms> {
  const health = await tx.pageHealth.findUnique({
    where: { pageId },
    select: { routing: true, takeRefusedAt: true },
  });
  const asDefault = await tx.controlAction.findFirst({
    where: { pageId, kind: "pass_default", stateReason: "default_is_us" },
    select: { id: true },
  });
  const interrupt = await tx.controlAction.findFirst({
    where: { pageId, psid, kind: "take", stateReason: "questionsRunning", settledAt: { gte: since ?? new Date(0) } },
    select: { id: true },
  });
  return {
    routing: readRouting(health?.routing ?? null),
    isTakeRefused: health?.takeRefusedAt != null,
    isInterruptRefused: interrupt !== null,
    isDefaultOurs: asDefault !== null,
    otherAppIds: await otherApps(tx, pageId),
  };
}

/** The apps that held threads of this page or asked for them. Raw, to step from app to app through the index. */
async function otherApps(tx: Tx, pageId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ appId: string }[]>`
    WITH RECURSIVE app AS (
      SELECT min("appId") AS "appId" FROM control_fact WHERE "pageId" = ${pageId}
      UNION ALL
      SELECT (SELECT min(fact."appId") FROM control_fact fact WHERE fact."pageId" = ${pageId} AND fact."appId" > app."appId")
      FROM app WHERE app."appId" IS NOT NULL)
    SELECT "appId" FROM app WHERE "appId" IS NOT NULL LIMIT 50`;
  return rows
    .map(({ appId }) => appId)
    .filter((appId) => appId !== env.META_APP_ID && !isPageInbox(appId) && !isLeadgen(appId))
    .slice(0, SHOWN_APPS);
}
