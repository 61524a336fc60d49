import "server-only";
import { z } from "zod";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { unseal } from "#lib/seal.ts";
import { grantName, grantPlace } from "./login-secret.ts";

const granted = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    token: z.string(),
    tasks: z.array(z.string()),
    instagram: z.object({ id: z.string(), username: z.string().nullable() }).nullable(),
  }),
);
export type Grant = z.infer<typeof granted>;

/** What Meta granted this person a moment ago, tokens and all; never for a screen. Empty when there is nothing, or no longer. */
export async function readGrant(viewer: Viewer): Promise<Grant> {
  if (viewer.role !== "admin") return [];
  const row = await prisma.verification.findFirst({
    where: { identifier: grantName(viewer.agentId), expiresAt: { gt: new Date() } },
    orderBy: { createdAt: "desc" },
  });
  if (row === null) return [];
  const sealed = new Uint8Array(Buffer.from(row.value, "base64"));
  return granted.parse(JSON.parse(unseal(sealed, grantPlace(viewer.agentId), env.ENCRYPTION_KEYS)));
}
