import "server-only";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { prisma } from "#lib/db.ts";
import { faultName } from "#lib/fault-name.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { markFile, type SendingMark } from "./sending-mark.ts";

/** A worker that was away for longer begins anew. */
const FORGOTTEN_AFTER_MS = 365 * 24 * 60 * 60 * 1000;
let isRefused = false;

/**
 * Counts one further, in the database first and then beside it: so the mark outside is never ahead of a database that
 * forgot nothing. A folder that cannot be written to keeps none, and says so.
 */
export async function advanceMark(dataDir: string, kept: SendingMark | null): Promise<void> {
  const id = kept?.id ?? newId();
  if (kept === null) {
    await prisma.sendingMark.deleteMany({ where: { at: { lt: new Date(Date.now() - FORGOTTEN_AFTER_MS) } } });
  }
  const row = await prisma.sendingMark.upsert({
    where: { id },
    create: { id, count: (kept?.count ?? 0) + 1 },
    update: { count: { increment: 1 }, at: new Date() },
    select: { id: true, count: true },
  });
  try {
    await write(dataDir, row);
    isRefused = false;
  } catch (cause) {
    if (!isRefused) log.warn({ event: "sending.mark-not-kept", cause: faultName(cause) });
    isRefused = true;
  }
}

async function write(dataDir: string, mark: SendingMark): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const file = markFile(dataDir);
  const unfinished = `${file}.${newId()}`;
  try {
    const handle = await open(unfinished, "wx", 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(mark)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
}
