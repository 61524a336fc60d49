import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Graph } from "./graph.ts";
import { ADMIN, PAGES } from "./installation.ts";
import type { Product } from "./product.ts";

/** Replies as an agent's press leaves them: rows that wait until the time to take them back is over. */
export type QueuedReply = { metadata: string; dueAt: number };

/** People who have just written, so that each may be answered. Returns them once the product knows them. */
export async function bringPeople(product: Product, graph: Graph, count: number): Promise<string[]> {
  const psids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const { psid } = await graph.control("people", { pageId: PAGES[0].id });
    await graph.control("messages", { pageId: PAGES[0].id, psid, text: "Is anybody there?" });
    psids.push(String(psid));
  }
  for (const until = Date.now() + 60_000; Date.now() < until; await wait(250)) {
    const [row] = await product.ask<{ known: number }>(
      `SELECT count(*)::int AS known FROM thread WHERE psid = ANY($1) AND "lastInboundAt" IS NOT NULL`,
      [psids],
    );
    if (row?.known === count) return psids;
  }
  throw new Error("The product did not hear of everybody.");
}

/** One reply of the administrator's, due after so many milliseconds of the database's clock. */
export async function queueReply(product: Product, psid: string, afterMs: number): Promise<QueuedReply> {
  const metadata = `li:${randomBytes(18).toString("base64url")}`;
  const [row] = await product.ask<{ dueAt: Date }>(
    `INSERT INTO reply ("pageId", id, psid, "authorId", "intentId", text, metadata, "createdAt", "sendAfter")
     SELECT $1, $2, $3, id, $4, $5, $6, clock_timestamp(), clock_timestamp() + make_interval(secs => $7 / 1000.0)
     FROM "user" WHERE email = $8 RETURNING "sendAfter" AS "dueAt"`,
    [PAGES[0].id, randomUUID(), psid, randomUUID(), `Answer ${metadata}`, metadata, afterMs, ADMIN.email],
  );
  return { metadata, dueAt: row?.dueAt.getTime() ?? Number.NaN };
}
