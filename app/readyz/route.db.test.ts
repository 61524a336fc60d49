import { PrismaPg } from "@prisma/adapter-pg";
import { expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { PrismaClient } from "#lib/generated/prisma/client.ts";
import { GroupCommit } from "#lib/group-commit.ts";
import type { NewDelivery } from "#lib/inbound/commit-deliveries.ts";
import { GET as alive } from "../healthz/route.ts";
import { GET as ready } from "./route.ts";

test("with its database a process is alive and ready", async () => {
  expect(alive().status).toBe(200);
  expect((await ready()).status).toBe(200);
});

test("while deliveries pile up it is alive and not ready, and ready again once they are through", async () => {
  const ends: (() => void)[] = [];
  const keeping = new GroupCommit<NewDelivery>({
    limits: { items: 1, bytes: 1, together: 1, bytesTogether: 1, patienceMs: 60_000 },
    commit: () => new Promise((resolve) => ends.push(resolve)),
    isOnesOwnFault: () => false,
  });
  globalThis.leadInboxKeeping = keeping;
  const none = new Uint8Array();
  const waiting = keeping.add({ id: "", source: "", receivedAt: new Date(), body: none, sha256: none, headers: {} }, 0);
  await expect.poll(() => ends.length).toBe(1);
  expect(alive().status).toBe(200);
  expect((await ready()).status).toBe(503);

  for (const end of ends) end();
  await waiting;
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
