import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import type { Installation } from "./installation.ts";

/** A line between two of our processes that can be cut, slowed and left hanging. Loopback or a socket file. */
export type Wire = {
  /** Every connection is reset now. */
  cut(): void;
  /** For so long nothing passes, in either direction, though connections stay open. */
  hang(ms: number): void;
  /** Every piece of data takes so much longer from now on. */
  slow(ms: number): void;
  close(): Promise<void>;
};

type End = number | string;

export async function layWire(from: End, to: End): Promise<Wire> {
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
    const far = typeof to === "number" ? connect(to, "127.0.0.1") : connect(to);
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
  if (typeof from === "string") rmSync(from, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    if (typeof from === "number") server.listen(from, "127.0.0.1", resolve);
    else server.listen(from, resolve);
  });
  // Only TCP knows a reset; a socket file just ends.
  const end = (socket: Socket) => (typeof from === "number" ? socket.resetAndDestroy() : socket.destroy());
  const cut = () => {
    for (const pair of [...pairs]) for (const socket of pair) end(socket);
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
