import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { followUp } from "#lib/leads/follow-up.ts";
import { retellThread } from "#lib/leads/retell-thread.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { type LeasedReply, leaseReply } from "#lib/threads/lease-reply.ts";
import { settleByHistory } from "#lib/threads/settle-by-history.ts";
import { settleReply } from "#lib/threads/settle-reply.ts";
import { newViewer, threaded, writeLeads } from "../prisma/factories.ts";
import { sendReplies } from "./send-replies.ts";
import { settleLost } from "./settle-lost-replies.ts";

const pageId = "104411223344556";
let viewer: Viewer;
beforeAll(async () => {
  await connectPage({ id: pageId, name: "Solar Süd", token: "t" });
  viewer = await newViewer({ name: "Ada" });
});

/** A reply that is due, to a person who wrote an hour ago. */
async function queued(): Promise<void> {
  const [id = ""] = await writeLeads([{ pageId, at: new Date(Date.now() - 60 * 60 * 1000) }]);
  const lead = threaded(await prisma.lead.findUniqueOrThrow({ where: { pageId_id: { pageId, id } } }));
  const key = { pageId_psid: { pageId, psid: lead.psid } };
  await prisma.thread.update({ where: key, data: { lastActionAt: lead.at, lastOpener: "message" } });
  await followUp(lead, { intentId: randomUUID(), text: "Hello!", seenMid: null }, viewer);
  await prisma.reply.updateMany({ where: { state: "queued" }, data: { sendAfter: new Date(0) } });
}

async function leased(): Promise<LeasedReply> {
  await queued();
  const reply = await leaseReply();
  if (reply === null || "refused" in reply) throw new Error("The reply must be leased.");
  return reply;
}

test("Meta's own answer settles a reply, also when its lease was lost meanwhile", async () => {
  const reply = await leased();
  const where = { pageId_id: { pageId, id: reply.id } };
  await prisma.reply.update({ where, data: { leaseUntil: new Date(0) } });
  await settleLost.step();
  expect(await prisma.reply.findUnique({ where })).toMatchObject({ state: "unknown" });
  await settleReply(reply, { outcome: "accepted", mid: `m_${reply.id}` });
  expect(await prisma.reply.findUnique({ where })).toMatchObject({
    state: "sent",
    mid: `m_${reply.id}`,
    stateReason: null,
  });
});

test("who writes while Meta still answers us is not answered by what we sent before", async () => {
  const reply = await leased();
  const { pageId: page, psid } = reply;
  const wroteAt = new Date(Date.now() + 1);
  const message = { pageId: page, psid, mid: `m_in_${psid}`, direction: "in", sentAt: wroteAt, receivedAt: wroteAt };
  await prisma.message.create({ data: message });
  await settleReply(reply, { outcome: "accepted", mid: `m_${reply.id}` });
  await retellThread(reply);
  expect(await prisma.lead.findFirst({ where: { psid } })).toMatchObject({ waitingSince: wroteAt });
});

test("a message the history showed before Meta answered us is known as ours afterwards", async () => {
  const reply = await leased();
  const { psid } = reply;
  const mid = `m_${reply.id}`;
  const told = { pageId, psid, mid, direction: "out", text: "Hello!", sentAt: new Date(), receivedAt: new Date() };
  await prisma.message.create({ data: told });
  await settleReply(reply, { outcome: "accepted", mid });
  const message = await prisma.message.findUnique({ where: { pageId_mid: { pageId, mid } } });
  expect(message).toMatchObject({ replyId: reply.id, appId: env.META_APP_ID });
});

test.each([
  { state: "failed", stateReason: "not_arrived" },
  { state: "sent", stateReason: null },
])("of two equal replies the history settles none, though a person says of one: $state", async (said) => {
  const first = await leased();
  const second = { ...first, id: randomUUID() };
  const where = { pageId_id: { pageId, id: first.id } };
  const row = await prisma.reply.findUniqueOrThrow({ where });
  const again = { id: second.id, intentId: randomUUID(), metadata: `li:${second.id}` };
  await prisma.reply.create({ data: { ...row, ...again, ...said } });
  await settleReply(first, { outcome: "unclear", reason: "no answer", usage: null });
  const { psid } = first;
  const told = { pageId, psid, mid: `m_${first.id}`, direction: "out", text: "Hello!" };
  await prisma.message.create({ data: { ...told, sentAt: new Date(), receivedAt: new Date() } });
  await prisma.$transaction((tx) => settleByHistory(tx, { pageId, psid }));
  expect(await prisma.reply.findUnique({ where })).toMatchObject({ state: "unknown" });
  await prisma.reply.delete({ where: { pageId_id: { pageId, id: second.id } } });
  await prisma.$transaction((tx) => settleByHistory(tx, { pageId, psid }));
  expect(await prisma.reply.findUnique({ where })).toMatchObject({ state: "sent" });
});

test("a token that cannot be opened sends nothing: the reply waits, and nobody wonders whether it left", async () => {
  await queued();
  const page = { where: { id: pageId }, select: { id: true } };
  await prisma.page.update({ ...page, data: { sealedToken: new Uint8Array([2, 107, 49, 0, 0, 0]) } });
  expect(await sendReplies.step()).toBe(true);
  const reply = await prisma.reply.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
  expect(reply).toMatchObject({ state: "queued", stateReason: "page_waits", attempt: 1 });
  expect(await prisma.pageTrouble.findMany()).toMatchObject([{ pageId, kind: "revoked" }]);
});
