import "server-only";
import pg from "pg";
import { pool } from "#lib/pool.ts";

export type NewDelivery = {
  id: string;
  source: string;
  receivedAt: Date;
  body: Uint8Array;
  sha256: Uint8Array;
  headers: Record<string, string>;
};

/** What failed later than this was not a connection found dead. */
const AT_ONCE_MS = 1_000;

/**
 * Commits deliveries, all of them or none. The bodies travel as they are, one behind the other, and the database cuts
 * them apart: in an array each byte would be spelt out. Without Prisma, which would cost more than the commit. A
 * connection found dead is replaced once; asking twice is safe, for the ids are ours.
 */
export async function commitDeliveries(deliveries: readonly NewDelivery[]): Promise<void> {
  let start = 1;
  const rows = deliveries.map(({ id, source, receivedAt, body, headers }) => {
    const row = { id, source, at: receivedAt, start, size: body.byteLength, headers };
    start += body.byteLength;
    return row;
  });
  const values = [
    JSON.stringify(rows),
    Buffer.concat(deliveries.map(({ body }) => body)),
    Buffer.concat(deliveries.map(({ sha256 }) => sha256)),
  ];
  const startedAt = performance.now();
  try {
    await pool().query({ name: "keep_deliveries", text: KEEP, values });
  } catch (cause) {
    if (!isLostConnection(cause) || performance.now() - startedAt > AT_ONCE_MS) throw cause;
    await pool().query({ name: "keep_deliveries", text: KEEP, values });
  }
}

const KEEP = `
  INSERT INTO raw_delivery (id, source, "receivedAt", body, sha256, headers)
  SELECT (row ->> 'id')::uuid, row ->> 'source', (row ->> 'at')::timestamptz,
         substring($2::bytea FROM (row ->> 'start')::int FOR (row ->> 'size')::int),
         substring($3::bytea FROM 32 * at::int - 31 FOR 32), row -> 'headers'
    FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS given (row, at)
  ON CONFLICT (id) DO NOTHING`;

/** Cut off, or told to go: what was asked may have happened or not. Everything else the database says, it means. */
function isLostConnection(cause: unknown): boolean {
  return !(cause instanceof pg.DatabaseError) || cause.code === "57P01" || cause.code === "57P02";
}
