import "server-only";
import { maySeePage, type Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { storableText } from "#lib/messenger/storable-text.ts";
import { MAX_AUTO_REPLY } from "./auto-reply.ts";

export type AutoReplyOutcome = "saved" | "too-long" | "not-allowed" | "not-found";

/** Sets what an ad's complete leads are told at once; blank or null: nothing. Off until somebody writes one. */
export async function setAutoReply(
  { pageId, adId }: { pageId: string; adId: string },
  text: string | null,
  viewer: Viewer,
): Promise<AutoReplyOutcome> {
  if (!maySeePage(viewer, pageId)) return "not-found";
  if (viewer.role === "agent") return "not-allowed";
  const written = storableText(text ?? "").trim();
  if (written.length > MAX_AUTO_REPLY) return "too-long";
  const autoReply = written === "" ? null : written;
  const { count } = await prisma.ad.updateMany({ where: { pageId, adId }, data: { autoReply } });
  return count === 1 ? "saved" : "not-found";
}
