import { setTimeout as wait } from "node:timers/promises";
import { STORY } from "./bodies.ts";
import type { Product } from "./product.ts";

/** Compares what was answered with what the database holds. */
export type Verdict = {
  /** Answered 200, and not there. */
  lost: number;
  /** There, with other bytes than were sent. */
  changed: number;
  /** Threads that do not hold exactly what was told of them, each thing once. */
  wrong: { tooMuch: number; tooLittle: number };
  /** Events that were given up. */
  parked: number;
  /** Deliveries and events nobody has worked on yet. */
  waiting: number;
};

/** Waits until nothing waits any more, or for so long. Returns the seconds it took. */
export async function untilCalm(product: Product, patienceMs: number): Promise<number> {
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1_000;
  while (seconds() * 1_000 < patienceMs) {
    if ((await countWaiting(product).catch(() => 1)) === 0) break;
    await wait(250);
  }
  return seconds();
}

async function countWaiting(product: Product): Promise<number> {
  const [row] = await product.ask<{ waiting: number }>(
    `SELECT (SELECT count(*) FROM raw_delivery WHERE state = 'waiting')::int
          + (SELECT count(*) FROM event WHERE state = 'waiting')::int AS waiting`,
  );
  return row?.waiting ?? 0;
}

/** `answered`: SHA-256 (hex) of each body and how often it was answered 200. `people`: whose whole story was told. */
export async function judge(
  product: Product,
  answered: ReadonlyMap<string, number>,
  people: readonly string[],
): Promise<Verdict> {
  const kept = await product.ask<{ sha: string; rows: number; isSame: boolean }>(
    `SELECT encode(sha256, 'hex') AS sha, count(*)::int AS rows, bool_and(sha256(body) = sha256) AS "isSame"
     FROM raw_delivery GROUP BY 1`,
  );
  const rows = new Map(kept.map((row) => [row.sha, row.rows]));
  const lost = [...answered].reduce((sum, [sha, times]) => sum + Math.max(0, times - (rows.get(sha) ?? 0)), 0);
  const [parked] = await product.ask<{ parked: number }>(
    "SELECT count(*)::int AS parked FROM event WHERE state = 'parked'",
  );
  return {
    lost,
    changed: kept.filter(({ isSame }) => !isSame).length,
    wrong: await countWrong(product, people),
    parked: parked?.parked ?? 0,
    waiting: await countWaiting(product),
  };
}

/** Threads whose messages, leads, events or answers are more, or fewer, than their story. What the product asked Meta for itself is none of it. */
export async function countWrong(product: Product, people: readonly string[]): Promise<Verdict["wrong"]> {
  const [row] = await product.ask<Verdict["wrong"]>(
    `WITH said AS (SELECT psid, count(*) AS count FROM message GROUP BY 1),
     begun AS (
       SELECT psid, count(*) FILTER (WHERE status = 'complete') AS complete,
         count(*) FILTER (WHERE status <> 'complete') AS others
       FROM lead GROUP BY 1),
     happened AS (
       SELECT psid, count(*) AS count FROM event JOIN raw_delivery ON raw_delivery.id = event."deliveryId"
       WHERE event.state = 'applied' AND source = 'webhook' GROUP BY 1),
     answered AS (
       SELECT psid, count(*) AS count FROM answer
       JOIN lead ON lead."pageId" = answer."pageId" AND lead.id = answer."leadId" GROUP BY 1),
     found AS (
       SELECT COALESCE(said.count, 0) - $2::int AS messages, COALESCE(complete, 0) - $3::int AS leads,
         COALESCE(others, 0) AS others, COALESCE(happened.count, 0) - $4::int AS events,
         COALESCE(answered.count, 0) - $5::int AS answers
       FROM unnest($1::text[]) AS told (psid) LEFT JOIN said USING (psid) LEFT JOIN begun USING (psid)
         LEFT JOIN happened USING (psid) LEFT JOIN answered USING (psid))
     SELECT
       count(*) FILTER (WHERE GREATEST(messages, leads, others, events, answers) > 0)::int AS "tooMuch",
       count(*) FILTER (WHERE LEAST(messages, leads, events, answers) < 0)::int AS "tooLittle"
     FROM found`,
    [people, STORY.messages, STORY.leads, STORY.events, STORY.answers],
  );
  return row ?? { tooMuch: 0, tooLittle: people.length };
}
