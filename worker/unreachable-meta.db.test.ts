import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { delivery, leadHandover, referral } from "#lib/inbound/item-samples.ts";
import { deliver, SOLAR as pageId } from "#lib/inbound/testing.ts";
import { askControl } from "#lib/leads/ask-control.ts";
import { followUp } from "#lib/leads/follow-up.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { newViewer, threaded } from "../prisma/factories.ts";
import { controlThreads } from "./control-threads.ts";
import { fetchProfiles } from "./fetch-profiles.ts";
import { sendReplies } from "./send-replies.ts";

/** Where somebody listened a moment ago: a connection is refused before a byte leaves. */
beforeAll(async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  process.env.META_GRAPH_URL = `http://127.0.0.1:${address.port}`;
  server.close();
  await once(server, "close");
  await connectPage({ id: pageId, name: "Solar Süd", token: "t" });
});

async function newLead(psid: string) {
  const thread = { pageId, psid };
  const at = new Date(Date.now() - 60_000);
  await deliver(delivery(pageId, leadHandover(thread, at, true), referral(thread, at, { isComplete: true })));
  return threaded(await prisma.lead.findFirstOrThrow({ where: thread }));
}

test("a reply that certainly never left waits in the queue, and is tried again later", async () => {
  const viewer = await newViewer();
  const ref = await newLead("7719007700001");
  const outcome = await followUp(ref, { intentId: randomUUID(), text: "Hello!", seenMid: null }, viewer);
  expect(outcome.outcome).toBe("queued");
  await prisma.reply.updateMany({ data: { sendAfter: new Date(0) } });
  expect(await sendReplies.step()).toBe(true);
  const [reply] = await prisma.reply.findMany();
  expect(reply).toMatchObject({ state: "queued", stateReason: "metaUnavailable", attempt: 1, leaseUntil: null });
  expect(reply?.sendAfter.getTime()).toBeGreaterThan(Date.now());
  expect(await sendReplies.step()).toBe(false);
});

test("replies of a page that was disconnected wait for it", async () => {
  await prisma.reply.updateMany({ data: { sendAfter: new Date(0) } });
  await prisma.page.updateMany({ data: { connectedAt: null } });
  expect(await sendReplies.step()).toBe(false);
  await prisma.page.updateMany({ data: { connectedAt: new Date() } });
  expect(await sendReplies.step()).toBe(true);
});

test("a thread action fails in words, for somebody waits for it", async () => {
  const ref = await newLead("7719007700002");
  const wish = { kind: "release", targetAppId: null, seconds: null, intentId: randomUUID() } as const;
  await askControl(ref, wish, await newViewer());
  await controlThreads.step();
  expect(await prisma.controlAction.findMany()).toMatchObject([{ state: "failed", stateReason: "metaUnavailable" }]);
  expect(await prisma.thread.findMany({ where: { psid: ref.psid } })).toMatchObject([{ control: "ours" }]);
});

test("a name is asked for again, ever more rarely, and then no more", async () => {
  const { psid } = await newLead("7719007700003");
  const person = () => prisma.person.findFirstOrThrow({ where: { psid } });
  await prisma.person.updateMany({ where: { psid: { not: psid } }, data: { profileRetryAt: null } });
  const pauses: number[] = [];
  for (let tried = 1; tried <= 6; tried += 1) {
    expect(await fetchProfiles.step()).toBe(true);
    expect(await fetchProfiles.step()).toBe(false);
    const { profileRetryAt } = await person();
    if (profileRetryAt !== null) pauses.push(profileRetryAt.getTime() - Date.now());
    await prisma.person.updateMany({
      where: { psid, profileRetryAt: { not: null } },
      data: { profileRetryAt: new Date(0) },
    });
  }
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect(pauses).toHaveLength(5);
  expect(await person()).toMatchObject({ profileRetryAt: null, profileTries: 6, fullName: null });
});
