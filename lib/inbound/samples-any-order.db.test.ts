import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { readSample, sampleNames } from "#lib/messenger/samples/read-sample.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { deliver, SOLAR as pageId } from "./testing.ts";

const INSTAGRAM = "17841400099887766";

beforeAll(async () => {
  await connectPage({ id: pageId, name: "Solar Süd", token: "t" });
  await connectPage({ id: INSTAGRAM, name: "solar.sued", token: "t" });
});

/** Everything people can see of what the deliveries said; what only says when we heard it is left out. */
async function told(): Promise<unknown> {
  const where = { pageId: { in: [pageId, INSTAGRAM] } };
  const threads = await prisma.thread.findMany({ where, omit: { createdAt: true }, orderBy: { psid: "asc" } });
  return {
    threads: threads.map(({ refreshDueAt: _, ...thread }) => thread),
    stops: await prisma.person.findMany({ where, select: { psid: true, stoppedAt: true }, orderBy: { psid: "asc" } }),
    messages: await prisma.message.findMany({ where, omit: { receivedAt: true }, orderBy: { mid: "asc" } }),
    edits: await prisma.messageEdit.findMany({
      where,
      omit: { receivedAt: true },
      orderBy: [{ mid: "asc" }, { number: "asc" }],
    }),
    reactions: await prisma.reaction.findMany({ where, orderBy: { mid: "asc" } }),
    referrals: await prisma.referral.findMany({ where, orderBy: { key: "asc" } }),
    notices: await prisma.threadNotice.findMany({ where, omit: { receivedAt: true }, orderBy: { key: "asc" } }),
    troubles: await prisma.pageTrouble.findMany({ select: { pageId: true, kind: true, since: true } }),
    history: await prisma.pageHistory.findMany({
      where: { key: { not: null } },
      // One of Meta's tests has no time of its own.
      omit: { id: true, at: true },
      orderBy: [{ pageId: "asc" }, { key: "asc" }],
    }),
    leads: await prisma.lead.findMany({
      where,
      select: { source: true, status: true, reason: true, adId: true, at: true },
      orderBy: [{ at: "asc" }, { status: "asc" }, { source: "asc" }],
    }),
    parked: await prisma.event.count({ where: { state: "parked" } }),
  };
}

async function afresh(): Promise<void> {
  await prisma.event.deleteMany();
  await prisma.person.deleteMany();
  await prisma.lead.deleteMany();
  await prisma.pageTrouble.deleteMany();
  await prisma.pageHistory.deleteMany();
}

test("all samples, in any order and repeated, leave the same behind", async () => {
  const inOrder = [...sampleNames];
  const orders = [
    inOrder,
    inOrder.toReversed(),
    ...fc.sample(fc.shuffledSubarray(inOrder, { minLength: inOrder.length }), { numRuns: 1, seed: 7 }),
  ];
  let first: unknown = null;
  for (const order of orders) {
    await afresh();
    for (const name of [...order, ...order.slice(0, 10)]) await deliver(Buffer.from(readSample(name)).toString());
    const now = await told();
    first ??= now;
    expect(now).toEqual(first);
  }
}, 120_000);
