import { createHash, randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type OwnServer, startOwnServer } from "../../../../prisma/own-server.ts";
import { type Door, openDoor } from "./testing.ts";

/**
 * The door in front of a PostgreSQL of its own that is in trouble: nothing is promised, each answer comes in time, and
 * once the trouble is over the same process goes on by itself.
 */
const MIB = 1024 * 1024;
const CUT =
  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL";

let server: OwnServer;
let door: Door;
let ready: () => Promise<Response>;
const promised = new Set<string>();

beforeAll(async () => {
  server = await startOwnServer();
  process.env.DATABASE_URL = server.url;
  door = await openDoor((await import("./door.ts")).answerMeta);
  ({ GET: ready } = await import("../../../readyz/route.ts"));
}, 120_000);

afterAll(async () => {
  await door.close();
  await globalThis.leadInboxPool?.end();
  await globalThis.leadInboxDb?.$disconnect();
  await server.end();
});

afterEach(async () => {
  // By itself: nobody starts the door anew.
  const patience = { timeout: 60_000, interval: 200 };
  await expect.poll(async () => (await deliver()).status, patience).toBe(200);
  await expect.poll(async () => (await ready()).status, patience).toBe(200);
  const rows = await server.ask<{ sha256: string }>("SELECT encode(sha256(body), 'hex') AS sha256 FROM raw_delivery");
  const kept = new Set(rows.map(({ sha256 }) => sha256));
  expect([...promised].filter((sha256) => !kept.has(sha256))).toEqual([]);
}, 90_000);

async function deliver(size = 200) {
  const body = randomBytes(size);
  const answer = await door.post(body);
  if (answer.status === 200) promised.add(createHash("sha256").update(body).digest("hex"));
  return answer;
}

async function expectRefusals(size = 200) {
  const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(size)));
  for (const { status, headers, text } of answers) {
    expect([status, headers["retry-after"], text]).toEqual([503, "5", "not kept"]);
  }
  expect((await ready()).status).toBe(503);
}

test("a database that is down", async () => {
  await deliver();
  await server.stop();
  await expectRefusals();
  await server.start();
});

test("a database that only reads", async () => {
  await server.ask("ALTER SYSTEM SET default_transaction_read_only = on");
  await server.ask("SELECT pg_reload_conf()");
  await expect.poll(async () => (await deliver()).status).toBe(503);
  await expectRefusals();
  await server.ask("ALTER SYSTEM RESET default_transaction_read_only");
  await server.ask("SELECT pg_reload_conf()");
});

test("a database where somebody holds the table", { timeout: 60_000 }, async () => {
  const other = new pg.Client({ connectionString: server.url });
  await other.connect();
  await other.query("BEGIN; LOCK TABLE raw_delivery IN ACCESS EXCLUSIVE MODE");
  await expectRefusals();
  await other.query("ROLLBACK");
  await other.end();
});

test("a database that says nothing any more", { timeout: 90_000 }, async () => {
  await server.freeze();
  await expectRefusals();
  server.goOn();
});

test("a database that cannot grow, as on a full disk", { timeout: 90_000 }, async () => {
  await server.limitFiles(20 * MIB);
  const statuses = new Set<number>();
  for (let round = 0; round < 40 && !statuses.has(503); round += 1) statuses.add((await deliver(MIB)).status);
  expect(statuses).toEqual(new Set([200, 503]));
  await expectRefusals(MIB);
  await server.limitFiles("unlimited");
  expect((await deliver(MIB)).status).toBe(200);
});

test("a database all of whose connections were cut, again and again", async () => {
  for (let round = 0; round < 10; round += 1) {
    const busy = Promise.all(Array.from({ length: 50 }, () => deliver()));
    await server.ask(CUT);
    for (const { status } of await busy) expect([200, 503]).toContain(status);
  }
});

test("a database without a connection left", async () => {
  const others: pg.Client[] = [];
  await server.ask(CUT);
  for (;;) {
    const client = new pg.Client({ connectionString: server.url });
    client.on("error", () => {});
    const isIn = await client.connect().then(
      () => true,
      () => false,
    );
    if (!isIn) break;
    others.push(client);
  }
  await expectRefusals();
  await Promise.all(others.map((client) => client.end()));
});
