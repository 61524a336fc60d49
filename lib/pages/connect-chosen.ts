import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { checkPage } from "./check-page.ts";
import { connectPage } from "./connect-page.ts";
import { grantName } from "./login-secret.ts";
import { readGrant } from "./read-grant.ts";

export type ConnectOutcome = { outcome: "connected"; count: number } | { outcome: "not-allowed" | "gone" };

/** Connects what was chosen after Meta's login, and forgets the rest of what Meta granted. */
export async function connectChosen(ids: readonly string[], viewer: Viewer): Promise<ConnectOutcome> {
  if (viewer.role !== "admin") return { outcome: "not-allowed" };
  const grant = await readGrant(viewer);
  const chosen = grant.flatMap(({ id, name, token, instagram }) => [
    ...(ids.includes(id) ? [{ id, name, token, platform: "messenger" as const, graphId: null }] : []),
    ...(instagram !== null && ids.includes(instagram.id)
      ? [
          {
            id: instagram.id,
            name: `@${instagram.username ?? name}`,
            token,
            platform: "instagram" as const,
            graphId: id,
          },
        ]
      : []),
  ]);
  if (chosen.length === 0) return { outcome: "gone" };
  for (const page of chosen) await connectPage({ ...page, actorId: viewer.agentId, by: "login" });
  await prisma.verification.deleteMany({ where: { identifier: grantName(viewer.agentId) } });
  for (const { id } of chosen) await checkPage(id, { isAsked: true });
  return { outcome: "connected", count: chosen.length };
}
