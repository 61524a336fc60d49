import "server-only";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { prisma } from "#lib/db.ts";
import { codesOf } from "#lib/fault-name.ts";
import type { SendingPlace } from "./sending.ts";
import { isMissingFile } from "./sending-mark.ts";

/** What a server answers that does not let us read something, or does not know it. */
const REFUSED = /^(42|0A)[0-9A-Z]{3}$/;

/**
 * Where the database lives. A service may hide some of it from us; that alone counts as unknown. What fails otherwise
 * fails here, and nothing leaves until it could be read.
 */
export async function findPlace(dataDir: string | null): Promise<SendingPlace> {
  const [here] = await prisma.$queryRaw<{ database: string }[]>`
    SELECT oid::text AS database FROM pg_database WHERE datname = current_database()`;
  return {
    system: await ifTold(() => prisma.$queryRaw`SELECT system_identifier::text AS told FROM pg_control_system()`),
    timeline: await ifTold(() => prisma.$queryRaw`SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) AS told`),
    database: here?.database ?? null,
    folder: dataDir === null ? null : await folderOf(dataDir),
  };
}

async function ifTold(ask: () => Promise<{ told: string }[]>): Promise<string | null> {
  try {
    return (await ask())[0]?.told ?? null;
  } catch (cause) {
    if (codesOf(cause).some((code) => REFUSED.test(code))) return null;
    throw cause;
  }
}

/** Bringing a folder back from an archive makes its files anew; moving it or giving it to another user does not. */
async function folderOf(dataDir: string): Promise<string | null> {
  try {
    const { ino, birthtimeNs } = await stat(join(dataDir, "postgres", "PG_VERSION"), { bigint: true });
    return `${ino}:${birthtimeNs}`;
  } catch (cause) {
    if (isMissingFile(cause)) return null;
    throw cause;
  }
}
