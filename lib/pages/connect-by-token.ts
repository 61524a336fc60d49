import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { inspectToken } from "#lib/messenger/inspect-token.ts";
import { checkPage } from "./check-page.ts";
import { connectPage } from "./connect-page.ts";

export type TokenOutcome = "connected" | "not-allowed" | "no-app" | "invalid" | "not-page" | "other-page" | "no-answer";

/** Connects a page with a token somebody made elsewhere, a system user's say; tried first, so that a wrong one is told at once. */
export async function connectByToken(
  page: { id: string; name: string; token: string },
  viewer: Viewer,
): Promise<TokenOutcome> {
  if (viewer.role !== "admin") return "not-allowed";
  const read = await inspectToken(page.token);
  if (read.outcome === "no-app") return "no-app";
  if (read.outcome !== "ok") return read.outcome === "refused" ? "invalid" : "no-answer";
  const { isValid, profileId, type } = read.value;
  if (!isValid) return "invalid";
  if (type !== null && type !== "PAGE") return "not-page";
  if (profileId !== null && profileId !== page.id) return "other-page";
  await connectPage({ ...page, actorId: viewer.agentId, by: "token" });
  await checkPage(page.id, { isAsked: true });
  return "connected";
}
