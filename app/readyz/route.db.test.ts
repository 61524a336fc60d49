import { PrismaPg } from "@prisma/adapter-pg";
import { expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { PrismaClient } from "#lib/generated/prisma/client.ts";
import { GET as alive } from "../healthz/route.ts";
import { GET as ready } from "./route.ts";

test("with its database a process is alive and ready", async () => {
  expect(alive().status).toBe(200);
  expect((await ready()).status).toBe(200);
});

test("without its database it is alive, not ready, and says no more than that", async () => {
  await prisma.$disconnect();
  const gone = new URL(env.DATABASE_URL);
  gone.pathname = "/no-such-database";
  globalThis.leadInboxDb = new PrismaClient({ adapter: new PrismaPg({ connectionString: gone.href }) });

  expect(alive().status).toBe(200);
  const answer = await ready();
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).not.toBeNull();
  expect(await answer.text()).toBe("not ready");
});
