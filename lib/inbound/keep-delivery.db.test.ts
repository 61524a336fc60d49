import { afterAll, beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { listen } from "#lib/notify.ts";
import { keepDelivery } from "./keep-delivery.ts";

const hints: string[] = [];
let stop = async () => {};

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    ({ stop } = listen(
      "lead_inbox_work",
      (payload) => hints.push(payload),
      (isUp) => isUp && resolve(),
    ));
  });
});
afterAll(() => stop());

const bytes = (text: string) => new TextEncoder().encode(text);

test("a delivery the database cannot take fails alone; those committed with it are kept", async () => {
  const headers = (n: number): Record<string, string> =>
    n === 7 ? { "user-agent": "\u0000" } : { "user-agent": `n ${n}` };
  const kept = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) => keepDelivery(bytes(`{"n":${n}}`), headers(n))),
  );
  expect(kept.map(({ status }) => status === "fulfilled")).toEqual(Array.from({ length: 20 }, (_, n) => n !== 7));
  for (const [n, one] of kept.entries()) {
    if (one.status === "rejected") continue;
    const row = await prisma.rawDelivery.findUniqueOrThrow({ where: { id: one.value } });
    expect([Buffer.from(row.body).toString(), row.headers]).toEqual([`{"n":${n}}`, headers(n)]);
  }
});

test("many deliveries wake the worker a few times, and after the last one once more", async () => {
  await expect.poll(() => hints.length).toBeGreaterThan(0);
  hints.length = 0;
  const count = 500;
  await Promise.all(Array.from({ length: count }, (_, n) => keepDelivery(bytes(`{"m":${n}}`), {})));
  await expect.poll(() => hints.length).toBeGreaterThan(0);
  expect(new Set(hints)).toEqual(new Set(["deliveries"]));
  expect(hints.length).toBeLessThan(count / 10);

  hints.length = 0;
  await keepDelivery(bytes("{}"), {});
  await expect.poll(() => hints.length).toBeGreaterThan(0);
});

test("what is kept is on disk whatever the role has as its default", async () => {
  await keepDelivery(bytes("{}"), {});
  const rows = await globalThis.leadInboxPool?.query("SELECT current_setting('synchronous_commit') AS setting");
  expect(rows?.rows).toEqual([{ setting: "on" }]);
});
