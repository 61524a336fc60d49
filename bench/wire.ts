import { chmodSync, mkdirSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import type { Installation } from "./installation.ts";

/** A line between two of our processes that can be cut, slowed and left hanging. It lies between two socket files. */
export type Wire = {
  /** Every connection ends now. */
  cut(): void;
  /** For so long nothing passes, in either direction, though connections stay open. */
  hang(ms: number): void;
  /** Every piece of data takes so much longer from now on. */
  slow(ms: number): void;
  close(): Promise<void>;
};

async function layWire(from: string, to: string): Promise<Wire> {
  const pairs = new Set<[Socket, Socket]>();
  let delayMs = 0;
  let hangsUntil = 0;
  const carry = (source: Socket, target: Socket) =>
    source.on("data", (data) => {
      const wait = Math.max(delayMs, hangsUntil - Date.now());
      if (wait <= 0) return void target.write(data);
      source.pause();
      setTimeout(() => {
        target.write(data);
        source.resume();
      }, wait);
    });
  const server = createServer((near) => {
    const far = connect(to);
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    const over = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) socket.on("error", over).on("close", over);
    carry(near, far);
    carry(far, near);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(from, resolve);
  });
  const cut = () => {
    for (const pair of [...pairs]) for (const socket of pair) socket.destroy();
  };
  return {
    cut,
    hang: (ms) => {
      hangsUntil = Date.now() + ms;
    },
    slow: (ms) => {
      delayMs = ms;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
  };
}

/** Web and worker reach the database through our line from now on: a socket file of ours in front of its own. */
export function layDatabaseWire({ dataDir, databaseUrl, web, worker }: Installation): Promise<Wire> {
  const folder = join(dataDir, "wire");
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  const url = new URL(databaseUrl);
  const socket = `${url.searchParams.get("host") ?? ""}/.s.PGSQL.5432`;
  url.searchParams.set("host", folder);
  for (const { env } of [web, worker]) env.DATABASE_URL = url.href;
  return layWire(`${folder}/.s.PGSQL.5432`, socket);
}
