import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Graph } from "./graph.ts";
import { ADMIN, PAGES } from "./installation.ts";
import type { Product } from "./product.ts";

/** Replies as an agent's press leaves them: rows that wait until the time to take them back is over. */
export type QueuedReply = { metadata: string; dueAt: number };

export type Person = { pageId: string; psid: string };

/** Whoever is chosen from an empty list. */
export const NOBODY: Person = { pageId: "", psid: "" };

/** People who have just written, so that each may be answered. Returns them once the product knows them. */
export async function bringPeople(product: Product, graph: Graph, count: number): Promise<Person[]> {
  const people: Person[] = [];
  for (let i = 0; i < count; i += 1) {
    const pageId = PAGES[i % PAGES.length]?.id ?? "";
    const { psid } = await graph.control("people", { pageId });
    await graph.control("messages", { pageId, psid, text: "Is anybody there?" });
    people.push({ pageId, psid: String(psid) });
  }
  for (const until = Date.now() + 180_000; Date.now() < until; await wait(250)) {
    const [row] = await product.ask<{ known: number }>(
      `SELECT count(*)::int AS known FROM thread WHERE psid = ANY($1) AND "lastInboundAt" IS NOT NULL`,
      [people.map(({ psid }) => psid)],
    );
    if (row?.known === count) return people;
  }
  throw new Error("The product did not hear of everybody.");
}

/** One reply of the administrator's, due after so many milliseconds of the database's clock. */
export async function queueReply(product: Product, { pageId, psid }: Person, afterMs: number): Promise<QueuedReply> {
  const metadata = `li:${randomBytes(18).toString("base64url")}`;
  const [row] = await product.ask<{ dueAt: Date }>(
    `INSERT INTO reply ("pageId", id, psid, "authorId", "intentId", text, metadata, "createdAt", "sendAfter")
     SELECT $1, $2, $3, id, $4, $5, $6, clock_timestamp(), clock_timestamp() + make_interval(secs => $7 / 1000.0)
     FROM "user" WHERE email = $8 RETURNING "sendAfter" AS "dueAt"`,
    [pageId, randomUUID(), psid, randomUUID(), `Answer ${metadata}`, metadata, afterMs, ADMIN.email],
  );
  return { metadata, dueAt: row?.dueAt.getTime() ?? Number.NaN };
}
