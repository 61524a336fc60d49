import { createHash } from "node:crypto";
import { Agent } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { applyDeliveries } from "#lib/inbound/apply-deliveries.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { answerMeta } from "./door.ts";
import { malformedBodies } from "./malformed-samples.ts";
import { type Door, openDoor, sign } from "./testing.ts";

const SEED = 20261123;
const COUNT = 5_000;
const LANES = 32;
/** Pages of the samples: what can be applied is. */
const PAGES = ["104411223344556", "1"];

let door: Door;
beforeAll(async () => {
  door = await openDoor(answerMeta);
  for (const id of PAGES) await connectPage({ id, name: `Page ${id}`, token: "t" });
});
afterAll(() => door.close());

const digest = (body: Uint8Array) => createHash("sha256").update(body).digest("hex");

/** The same body in pieces, cut anywhere. */
function chunks(body: Buffer, seed: number): Buffer[] {
  const pieces: Buffer[] = [];
  const size = 1 + (seed % 97) + Math.floor(body.length / 5);
  for (let at = 0; at < body.length; at += size) pieces.push(body.subarray(at, at + size));
  return pieces;
}

async function eachOf<T>(list: readonly T[], lanes: number, step: (one: T, index: number) => Promise<void>) {
  const rest = list.entries();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const [index, one] of rest) await step(one, index);
    }),
  );
}

test("5,000 malformed deliveries are each answered 200 and kept byte for byte, and all of them come to an end", {
  timeout: 300_000,
}, async () => {
  const bodies = malformedBodies(SEED, COUNT);
  expect(new Set(bodies.map(digest)).size).toBeGreaterThan(COUNT * 0.8);
  const agent = new Agent({ keepAlive: true, maxSockets: LANES });
  const types = [
    "application/json",
    "text/plain; charset=utf-16",
    "multipart/form-data",
    "",
    "application/json; charset=\u00ff",
  ];
  const statuses = new Map<number, number>();
  await eachOf(bodies, LANES, async (body, index) => {
    const headers = {
      "content-type": types[index % types.length] ?? "",
      "user-agent": index % 7 === 0 ? "\u00e4\t" : "x".repeat(index % 900),
    };
    const { status } = await door.post(index % 3 === 0 ? chunks(body, index) : body, {
      signature: sign(body),
      headers,
      agent,
    });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  });
  agent.destroy();
  expect([...statuses]).toEqual([[200, COUNT]]);

  const kept = await prisma.$queryRaw<{ made: string; said: string }[]>`
    SELECT encode(sha256(body), 'hex') AS made, encode(sha256, 'hex') AS said FROM raw_delivery`;
  expect(kept.map(({ made }) => made).toSorted()).toEqual(bodies.map(digest).toSorted());
  expect(kept.filter(({ made, said }) => made !== said)).toEqual([]);

  await eachOf(Array.from({ length: 6 }), 6, async () => {
    while (await applyDeliveries());
  });
  const states = await prisma.rawDelivery.groupBy({ by: ["state"], _count: true });
  expect(states.map(({ state }) => state).toSorted()).toEqual(["opened", "unreadable"]);
  const told = await prisma.rawDelivery.aggregate({ _sum: { eventCount: true, duplicateCount: true } });
  const events = await prisma.event.groupBy({ by: ["state"], _count: true });
  const found = events.reduce((sum, { _count }) => sum + _count, 0);
  expect(told._sum.eventCount).toBe(found + (told._sum.duplicateCount ?? 0));
  // Nothing of it brings down what applies it.
  expect(
    await prisma.event.findMany({ where: { state: "parked" }, select: { kind: true, stateReason: true } }),
  ).toEqual([]);
});
