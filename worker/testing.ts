/** For tests of replies: leads as the sandbox plays them, replies queued as if their time to be taken back were over. */
import { randomUUID } from "node:crypto";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { ads, ago, type Ending, openStage, type Stage } from "#lib/inbound/testing.ts";
import { followUp } from "#lib/leads/follow-up.ts";
import { getLead } from "#lib/leads/get-lead.ts";
import { hasThread } from "#lib/leads/lead-page.ts";
import { newViewer, threaded } from "../prisma/factories.ts";
import { sendReplies } from "./send-replies.ts";

export let stage: Stage;
export let viewer: Viewer;

export async function openDesk(): Promise<void> {
  stage = await openStage();
  viewer = await newViewer({ name: "Ada" });
}

export async function clearDesk(): Promise<void> {
  await prisma.reply.deleteMany();
  await prisma.pageTrouble.deleteMany();
  await prisma.pageHealth.deleteMany();
  await stage.control("faults", { clear: true });
}

type Lead = { pageId: string; id: string; psid: string };

export async function lead(adId: string = ads.roof, ending: Ending = "complete", endedAt = ago(1)): Promise<Lead> {
  const { pageId, psid } = await stage.play(adId, ending, { endedAt });
  await stage.settle();
  const where = { pageId, psid };
  return threaded(await prisma.lead.findFirstOrThrow({ where, select: { pageId: true, id: true, psid: true } }));
}

export const pageOf = async (ref: Lead, who = viewer) => {
  const page = await getLead(ref, who);
  if (page === null || "alias" in page || !hasThread(page)) throw new Error("The lead must be there.");
  return page;
};

type Wish = { text?: string; seenMid?: string | null; intentId?: string };
export const wish = ({ text = "Hello!", seenMid = null, intentId = randomUUID() }: Wish = {}) => ({
  text,
  seenMid,
  intentId,
});

/** Queues a reply, as if the time to take it back were over. */
export async function queue(ref: Lead, more: Wish = {}, who = viewer): Promise<string> {
  const outcome = await followUp(ref, wish(more), who);
  if (outcome.outcome !== "queued") throw new Error(`The reply was not queued: ${JSON.stringify(outcome)}`);
  await due();
  return outcome.replyId;
}

/** As if every wait were over, for the replies and for the pages Meta asked to rest. */
export async function due(): Promise<void> {
  await prisma.reply.updateMany({ where: { state: "queued" }, data: { sendAfter: new Date(0) } });
  await prisma.pageHealth.updateMany({ data: { pausedUntil: null } });
}
export const send = () => sendReplies.step();
export const reply = (id: string) => prisma.reply.findFirstOrThrow({ where: { id } });

/** What Meta accepted of a reply. */
export async function accepted(id: string): Promise<unknown[]> {
  const { metadata } = await reply(id);
  const { sent } = await stage.control(`sent?metadata=${encodeURIComponent(metadata)}`);
  return Array.isArray(sent) ? sent : [];
}
