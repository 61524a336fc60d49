import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { PrismaClient } from "#lib/generated/prisma/client.ts";
import { lookAtSending } from "#lib/threads/look-at-sending.ts";
import { settleOldReplies } from "#lib/threads/settle-old-replies.ts";
import { startEmbeddedPostgres } from "../scripts/embedded-postgres.ts";
import { migrate } from "../scripts/migrate.ts";
import { runAlone, withDatabase } from "../scripts/migration-adapter.ts";
import { ProcessGroup } from "../scripts/process-group.ts";
import { accepted, clearDesk, lead, openDesk, queue, reply, send, stage } from "../worker/testing.ts";

/** Real copies of a real database, as they come back from a backup. */

const thorough = { isThorough: true };
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lead-inbox-copies-"));
  // The server's own user has to enter it.
  chmodSync(folder, 0o755);
  await openDesk();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await stage.close();
});

/** Everything asks this database from now on, as if the settings named it and the processes had started anew. */
async function moveTo(url: string): Promise<void> {
  await prisma.$disconnect();
  globalThis.leadInboxDb = new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) });
}

/** A connection that was given back may take a moment to end. */
const endConnections = (url: string) =>
  runAlone(
    inject("postgresUrl"),
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${new URL(url).pathname.slice(1)}'`,
  );

/** One reply in each state. */
async function eachState() {
  await clearDesk();
  const ids: Record<string, string> = {};
  for (const state of ["sent", "failed", "unknown", "cancelled", "sending", "queued"]) {
    ids[state] = await queue(await lead(), { text: state });
    if (state === "sent") await send();
    else await prisma.reply.update(moved(ids[state], state));
  }
  await stage.settle();
  return ids;
}

const moved = (id: string, state: string) => ({
  where: { pageId_id: { pageId: "104411223344556", id } },
  data: { state, leaseUntil: state === "sending" ? new Date(Date.now() + 20_000) : null },
});

test("a copy of the database sends nothing of what was queued, and changes nothing that was settled", async () => {
  await lookAtSending(folder, thorough);
  const ids = await eachState();
  const before = Object.fromEntries(
    await Promise.all(Object.entries(ids).map(async ([state, id]) => [state, await reply(id)])),
  );
  const original = process.env.DATABASE_URL ?? "";
  const copy = `${new URL(original).pathname.slice(1)}_copy`;
  await prisma.$disconnect();
  await endConnections(original);
  await runAlone(inject("postgresUrl"), `CREATE DATABASE ${copy} TEMPLATE ${new URL(original).pathname.slice(1)}`);
  await moveTo(withDatabase(inject("postgresUrl"), copy));
  onTestFinished(() => moveTo(original));

  expect(await send()).toBe(false);
  expect(await lookAtSending(folder, thorough)).toEqual(["database"]);
  expect(await settleOldReplies()).toHaveLength(1);
  expect(await send()).toBe(false);
  for (const state of ["sent", "failed", "unknown", "cancelled", "sending"]) {
    expect(await reply(ids[state] ?? "")).toEqual(before[state]);
  }
  expect(await reply(ids.queued ?? "")).toMatchObject({ state: "unknown", stateReason: "before_restore" });
  expect(await accepted(ids.queued ?? "")).toEqual([]);
});

test("an embedded database whose whole folder came back is seen by its files, one that was moved is not", async () => {
  const original = process.env.DATABASE_URL ?? "";
  onTestFinished(() => moveTo(original));
  const start = async (name: string) => {
    const server = await startEmbeddedPostgres({
      dataDir: join(folder, name),
      password: "test",
      settings: ["fsync=off"],
    });
    onTestFinished(server.stop);
    await moveTo(server.url);
    return server;
  };
  let server = await start("main");
  await migrate(new ProcessGroup(), server.url);
  expect(await lookAtSending(join(folder, "main"), thorough)).toEqual([]);
  await prisma.$disconnect();
  await server.stop();

  execFileSync("cp", ["-a", join(folder, "main"), join(folder, "backup")]);
  server = await start("main");
  expect(await lookAtSending(join(folder, "main"), thorough)).toEqual([]);
  await prisma.$disconnect();
  await server.stop();

  server = await start("backup");
  expect(await lookAtSending(join(folder, "backup"), thorough)).toEqual(["folder"]);
  expect(await prisma.sending.findUniqueOrThrow({ where: { id: 1 } })).toMatchObject({
    epoch: 2,
    pausedWhy: "restored",
  });
  await prisma.$disconnect();
  await server.stop();
}, 60_000);
