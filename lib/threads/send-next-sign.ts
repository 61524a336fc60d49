import "server-only";
import { prisma } from "#lib/db.ts";
import { type SenderSign, sendSenderAction } from "#lib/messenger/send-sender-action.ts";
import { askMeta } from "#lib/pages/ask-meta.ts";
import { sendablePages } from "#lib/pages/sendable-pages.ts";
import { ensurePersona } from "./ensure-persona.ts";
import { getReplyCase } from "./get-reply-case.ts";
import { openEpoch } from "./open-epoch.ts";
import { judgeReply } from "./reply-policy.ts";
import type { Platform } from "./reply-text.ts";
import { STALE_REACTION_SECONDS, STALE_SIGN_SECONDS } from "./sender-action.ts";
import type { ThreadKey } from "./thread-key.ts";

type Waiting = ThreadKey & { kind: string; mid: string | null; emoji: string | null; userId: string };

/**
 * Sends the next sign, at most once: it is gone before Meta is asked, and what goes wrong is nobody's worry.
 * Returns the thread and whether it shows something new; null when nothing waits.
 */
export async function sendNextSign(): Promise<(ThreadKey & { isNews: boolean }) | null> {
  await dropStale();
  const sign = await takeNext();
  if (sign === null) return null;
  const { pageId, psid, mid } = sign;
  const thread = { pageId, psid };
  const asked = signOf(sign);
  const place = await getReplyCase(prisma, thread);
  if (asked === null || place === null) return { ...thread, isNews: false };
  const message = { kind: mid === null ? ("sign" as const) : ("reaction" as const) };
  if (!judgeReply({ ...place, sender: "person", message, now: new Date() }).allowed)
    return { ...thread, isNews: false };

  const personaId = asked.action === "typing_on" ? await ensurePersona(pageId, sign.userId) : null;
  const outcome = await askMeta(pageId, ({ token, graphId, platform }) =>
    sendSenderAction(asWritten(asked, platform), { pageId: graphId, psid, personaId }, token),
  );
  if (outcome.outcome !== "ok" || mid === null) return { ...thread, isNews: false };
  const ourReaction = asked.action === "react" ? asked.emoji : null;
  await prisma.message.updateMany({ where: { pageId, psid, mid }, data: { ourReaction } });
  return { ...thread, isNews: true };
}

function signOf({ kind, mid, emoji }: Waiting): SenderSign | null {
  if (kind === "typing_on" || kind === "typing_off" || kind === "mark_seen") return { action: kind };
  if (mid === null) return null;
  if (kind === "unreact") return { action: "unreact", mid };
  return kind === "react" && emoji !== null ? { action: "react", mid, emoji } : null;
}

/** Messenger takes the emoji itself, Instagram the name of the one it knows. */
function asWritten(sign: SenderSign, platform: Platform): SenderSign {
  return sign.action === "react" && platform === "instagram" ? { ...sign, emoji: "love" } : sign;
}

/** Raw: these go by the database's clock. */
async function dropStale(): Promise<void> {
  await prisma.$executeRaw`
    DELETE FROM sender_action WHERE "createdAt" < now() - make_interval(secs =>
      CASE WHEN mid IS NULL THEN ${STALE_SIGN_SECONDS}::int ELSE ${STALE_REACTION_SECONDS}::int END)`;
}

/** Raw, because Prisma has no SKIP LOCKED. */
async function takeNext(): Promise<Waiting | null> {
  const [taken] = await prisma.$queryRaw<Waiting[]>`
    DELETE FROM sender_action s USING (
      SELECT "pageId", id FROM sender_action WHERE ${openEpoch()} IS NOT NULL AND "pageId" IN (${sendablePages()})
      ORDER BY "createdAt" FOR UPDATE SKIP LOCKED LIMIT 1) next
    WHERE s."pageId" = next."pageId" AND s.id = next.id
    RETURNING s."pageId", s.psid, s.kind, s.mid, s.emoji, s."userId"`;
  return taken ?? null;
}
