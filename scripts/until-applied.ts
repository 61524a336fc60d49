import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";

/** Until the worker has opened every kept delivery, or two minutes have passed: then the rest appears live. */
export async function untilApplied(url: string, isOver: () => boolean): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const deadline = Date.now() + 120_000;
  try {
    while (!isOver() && Date.now() < deadline) {
      const { rowCount } = await client.query("SELECT 1 FROM raw_delivery WHERE state = 'waiting' LIMIT 1");
      if (rowCount === 0) return;
      await wait(200);
    }
  } finally {
    await client.end();
  }
}
