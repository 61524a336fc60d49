import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prisma } from "./db.ts";

const other = new pg.Client({ connectionString: process.env.DATABASE_URL });
beforeAll(() => other.connect());
afterAll(() => other.end());

test("connections that die at any moment fail their own work and never the process", async () => {
  const failures: unknown[] = [];
  const blame = (cause: unknown) => failures.push(cause);
  process.on("uncaughtException", blame);
  const works = Array.from({ length: 40 }, async () => {
    for (let round = 0; round < 15; round += 1) {
      await prisma.$transaction((tx) => tx.$queryRaw`SELECT 1`).catch(() => null);
    }
  });
  const working = Promise.all(works);
  let isOver = false;
  void working.then(() => {
    isOver = true;
  });
  while (!isOver) {
    await other.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
  }
  await working;
  process.off("uncaughtException", blame);
  expect(failures).toEqual([]);
  // Each of the pool's ten connections may have died just now, and says so once.
  let answer: unknown = null;
  for (let tried = 0; tried <= 10 && answer === null; tried += 1) {
    answer = await prisma.$queryRaw`SELECT 1 AS one`.catch(() => null);
  }
  expect(answer).toEqual([{ one: 1 }]);
});
