import "server-only";
import { z } from "zod";
import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";
import { advanceMark } from "./advance-mark.ts";
import { compareMark } from "./compare-mark.ts";
import { findPlace } from "./find-place.ts";
import { knownPlace, type RestoreSign, restoreSigns } from "./sending.ts";

const text = z.string().nullable();
const placeColumn = z.object({ system: text, timeline: text, database: text, folder: text }).nullable();

type Row = { place: unknown; server: string | null; serverNow: string; hand: string; isRewritten: boolean };

const MARK_EVERY_MS = 10_000;
/** More than any worker counted since the oldest backup. */
const LEAP = 10_000_000;
let lookAgainAt = 0;

/**
 * Looks whether the database is the one we knew, and pauses sending where it was restored from a backup; of several
 * workers that see it at once one writes it down. Between two thorough looks it only sees whether one is needed.
 * `dataDir` is where a worker keeps its mark. `isSaid`: an operator knows what cannot be seen. Returns the signs of a
 * restore that it was the one to write down.
 */
export async function lookAtSending(
  dataDir: string | null,
  { isThorough = false, isSaid = false } = {},
): Promise<RestoreSign[]> {
  const row = await readRow();
  const isKnown = row.place !== null && row.server === row.serverNow && !row.isRewritten;
  if (isKnown && !isThorough && !isSaid && performance.now() < lookAgainAt) return [];

  const known = placeColumn.parse(row.place);
  const [found, outside, replies] = await Promise.all([
    findPlace(dataDir),
    dataDir === null ? { mark: "none" as const, kept: null } : compareMark(dataDir),
    known === null ? prisma.reply.groupBy({ by: ["state"] }) : [],
  ]);
  const seen = restoreSigns({
    ...{ known, found, isRewritten: row.isRewritten, mark: outside.mark },
    hasReplies: replies.length > 0,
    hasUnsent: replies.some(({ state }) => state === "queued"),
  });
  const signs: RestoreSign[] = isSaid ? [...seen, "said"] : seen;
  const place = JSON.stringify(knownPlace(known, found));
  const isNews = signs.length > 0 || !isKnown || place !== JSON.stringify(known);
  // Somebody else wrote meanwhile: what they saw is looked at the next time.
  if (isNews && !(await write(row, place, signs))) return lookAtSending(dataDir, { isThorough: true, isSaid });
  if (dataDir !== null) await advanceMark(dataDir, outside.kept);
  lookAgainAt = performance.now() + MARK_EVERY_MS;
  if (signs.length > 0) log.error({ event: "sending.restored", signs });
  return signs;
}

/** Raw for the row's hidden column: the transaction that wrote it. A row that is gone comes back as one of a restore. */
async function readRow(): Promise<Row> {
  const read = () => prisma.$queryRaw<Row[]>`
    SELECT place, server, extract(epoch FROM pg_postmaster_start_time())::text AS "serverNow", xmin::text AS hand,
      COALESCE("writtenBy" <> xmin::text, false) AS "isRewritten"
    FROM sending WHERE id = 1`;
  const [row] = await read();
  if (row !== undefined) return row;
  await prisma.$executeRaw`
    INSERT INTO sending (id, epoch, place, "writtenBy")
    VALUES (1, (SELECT COALESCE(max(epoch), 0) + 1 FROM reply), '{"system":null,"timeline":null,"database":null,"folder":null}', '')
    ON CONFLICT DO NOTHING`;
  const [made] = await read();
  if (made === undefined) throw new Error("The row of sending cannot be read.");
  return made;
}

/** Raw, to compare and set by the transaction that wrote what we read, and to name our own. False when another was faster. */
async function write({ hand, serverNow }: Row, place: string, signs: RestoreSign[]): Promise<boolean> {
  const isRestored = signs.length > 0;
  return prisma.$transaction(async (tx) => {
    const count = await tx.$executeRaw`
      UPDATE sending SET place = ${place}::jsonb, server = ${serverNow}, "writtenBy" = pg_current_xact_id()::xid::text,
        epoch = epoch + ${isRestored ? 1 : 0}::int,
        "pausedAt" = CASE WHEN ${isRestored}::boolean THEN now() ELSE "pausedAt" END,
        "pausedWhy" = CASE WHEN ${isRestored}::boolean THEN 'restored' ELSE "pausedWhy" END,
        "pausedById" = CASE WHEN ${isRestored}::boolean THEN NULL ELSE "pausedById" END,
        "restoredAt" = CASE WHEN ${isRestored}::boolean THEN now() ELSE "restoredAt" END,
        "restoredBy" = CASE WHEN ${isRestored}::boolean THEN ${JSON.stringify(signs)}::jsonb ELSE "restoredBy" END
      WHERE id = 1 AND xmin::text = ${hand}`;
    if (count === 0) return false;
    if (isRestored) {
      // Signs are of the moment; those of a backup are long over.
      await tx.senderAction.deleteMany();
      // What other workers keep outside is ahead of this database, and no news any more.
      await tx.sendingMark.updateMany({ data: { count: { increment: LEAP } } });
    }
    return true;
  });
}
