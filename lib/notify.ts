import "server-only";
import { Client } from "pg";
import { env } from "./env.ts";
import { faultName } from "./fault-name.ts";
import { log } from "./log.ts";
import { pool } from "./pool.ts";

/**
 * Hints between processes over PostgreSQL NOTIFY. A hint is sent alone and after the commit it speaks
 * of (inside the writing transaction it would serialise commits), and may be lost: whoever listens
 * also looks by itself from time to time.
 *
 * `work` wakes the worker, see wake-worker.ts; `live` tells open screens which leads changed, see live.ts.
 */
export type Channel = "lead_inbox_work" | "lead_inbox_live";

/** Sends a hint. One that cannot be sent is lost and logged: it must not fail what it speaks of. */
export async function notify(channel: Channel, payload: string): Promise<void> {
  try {
    await pool().query({ name: "notify", text: "SELECT pg_notify($1, $2)", values: [channel, payload] });
  } catch (cause) {
    log.warn({ event: "notify.failed", channel, cause: faultName(cause) });
  }
}

/** Listens until stopped, through a connection of its own that returns by itself. `onLine` hears up and down. */
export function listen(
  channel: Channel,
  onPayload: (payload: string) => void,
  onLine: (isUp: boolean) => void = () => {},
): { stop: () => Promise<void> } {
  let client: Client | null = null;
  let isStopped = false;
  let retry: NodeJS.Timeout | undefined;

  const again = () => {
    onLine(false);
    client = null;
    if (!isStopped) retry = setTimeout(open, 500);
  };

  async function open(): Promise<void> {
    const mine = new Client({ connectionString: env.DATABASE_URL, connectionTimeoutMillis: 3_000, keepAlive: true });
    client = mine;
    let isDown = false;
    const down = () => {
      if (isDown) return;
      isDown = true;
      mine.end().catch(() => {});
      again();
    };
    mine.on("error", down);
    mine.on("end", down);
    mine.on("notification", (note) => onPayload(note.payload ?? ""));
    try {
      await mine.connect();
      await mine.query(`LISTEN ${channel}`);
      if (!isStopped) onLine(true);
    } catch {
      down();
    }
  }

  void open();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(retry);
      await client?.end().catch(() => {});
    },
  };
}
