import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import { readLeadLabel } from "#lib/leads/lead-label.ts";
import { getConversationMessages } from "#lib/messenger/get-conversation-messages.ts";
import { getLabels } from "#lib/messenger/get-labels.ts";
import { getThreadOwner, type ThreadOwner } from "#lib/messenger/get-thread-owner.ts";
import { listConversations } from "#lib/messenger/list-conversations.ts";
import { askMeta } from "#lib/pages/ask-meta.ts";
import { keepHistory } from "./keep-history.ts";
import { CALL_EVERY_MS } from "./reconcile-cursor.ts";

const TRIES = 6;
const MINUTE = 60 * 1000;

type Due = { pageId: string; psid: string; refreshTries: number; leaseNumber: number };

/**
 * Asks Meta about the thread that is most overdue: who holds it, when the person last wrote, which labels they have.
 * What it says is kept and applied like everything else. False when no thread is due.
 */
export async function refreshThread(): Promise<boolean> {
  const due = await leaseThread();
  if (due === null) return false;
  const { pageId, psid, refreshTries } = due;
  const told = await ask(due);
  // Two of these were calls to the conversations: what else reads them waits as long as the limit asks for.
  await prisma.$executeRaw`
    UPDATE page_health SET "leaseUntil" = now() + make_interval(secs => ${(2 * CALL_EVERY_MS) / 1000}::double precision)
    WHERE "pageId" = ${pageId} AND "leaseNumber" = ${due.leaseNumber}`;
  const isOver = told || refreshTries >= TRIES;
  await prisma.thread.updateMany({
    where: { pageId, psid, refreshTries },
    data: isOver
      ? { refreshDueAt: null, refreshTries: 0 }
      : { refreshDueAt: new Date((await databaseNow(prisma)).getTime() + MINUTE * 4 ** (refreshTries - 1)) },
  });
  return true;
}

/** False when it is worth asking again. Each answer stands for itself: one that is refused does not cost the others. */
async function ask({ pageId, psid }: Due): Promise<boolean> {
  const askedAt = new Date();
  const found = await askMeta(pageId, ({ token, graphId, platform }) =>
    listConversations({ pageId: graphId, platform, psid, limit: 1 }, token),
  );
  if (found.outcome !== "ok") return found.outcome === "refused" && found.class !== "throttled";
  const [conversation] = found.value.conversations;
  const id = conversation?.id ?? null;
  const messages = id === null ? null : await askMeta(pageId, ({ token }) => getConversationMessages(id, token));
  const labels = await askMeta(pageId, ({ token }) => getLabels(psid, token));
  const owner = await askMeta(pageId, ({ token, graphId }) => getThreadOwner({ pageId: graphId, psid }, token));
  if (messages !== null && messages.outcome !== "ok" && messages.outcome !== "refused") return false;
  if (owner.outcome !== "ok" && owner.outcome !== "refused") return false;

  const shown = messages?.outcome === "ok" ? messages.value.messages : [];
  const mids = shown.map(({ mid }) => mid);
  const known = await prisma.message.findMany({ where: { pageId, mid: { in: mids } }, select: { mid: true } });
  const heard = new Set(known.map(({ mid }) => mid));
  const page = await prisma.page.findUnique({ where: { id: pageId }, select: { platform: true } });
  const person = conversation?.participants.find((one) => one.id === psid);
  await keepHistory({
    pageId,
    psid,
    platform: page?.platform === "instagram" ? "instagram" : "page",
    askedAt: askedAt.toISOString(),
    conversationId: id,
    name: person?.name ?? person?.username ?? null,
    isOurs: conversation?.isOwner ?? null,
    isRead: messages === null || messages.outcome === "ok",
    messages: shown
      .filter(({ mid }) => !heard.has(mid))
      .map(({ at, ...message }) => ({ ...message, at: at?.toISOString() ?? null })),
    labels:
      labels.outcome === "ok"
        ? labels.value.map(({ name }) => name).filter((name) => readLeadLabel(name) !== null)
        : null,
    owner: owner.outcome === "ok" ? { told: inOurWords(owner.value) } : null,
  });
  return true;
}

function inOurWords(owner: ThreadOwner): { appId: string | null; expiresAt: string | null } | null {
  if (owner.state === "nobody") return null;
  const appId = owner.state === "app" ? owner.appId : null;
  return { appId, expiresAt: owner.expiresAt?.toISOString() ?? null };
}

/**
 * The time to ask again is the thread's lease. The page's is taken, too: whoever else reads its conversations waits.
 * Raw for SKIP LOCKED, and for the database's clock.
 */
async function leaseThread(): Promise<Due | null> {
  await prisma.$executeRaw`
    INSERT INTO page_health ("pageId") SELECT id FROM page WHERE "connectedAt" IS NOT NULL ON CONFLICT DO NOTHING`;
  const [thread] = await prisma.$queryRaw<Due[]>`
    WITH due AS (
      SELECT t."pageId", t.psid FROM thread t
      JOIN page p ON p.id = t."pageId" AND p."connectedAt" IS NOT NULL
      JOIN page_health h ON h."pageId" = t."pageId"
      WHERE t."refreshDueAt" <= now() AND (h."pausedUntil" IS NULL OR h."pausedUntil" < now())
        AND (h."leaseUntil" IS NULL OR h."leaseUntil" < now())
      ORDER BY t."refreshDueAt" LIMIT 1 FOR UPDATE OF t, h SKIP LOCKED),
    turn AS (
      UPDATE page_health h SET "leaseUntil" = now() + interval '70 seconds', "leaseNumber" = h."leaseNumber" + 1
      FROM due WHERE h."pageId" = due."pageId" RETURNING h."pageId", h."leaseNumber")
    UPDATE thread t SET "refreshDueAt" = now() + interval '2 minutes', "refreshTries" = t."refreshTries" + 1
    FROM due JOIN turn ON turn."pageId" = due."pageId"
    WHERE t."pageId" = due."pageId" AND t.psid = due.psid
    RETURNING t."pageId", t.psid, t."refreshTries", turn."leaseNumber"`;
  return thread ?? null;
}
