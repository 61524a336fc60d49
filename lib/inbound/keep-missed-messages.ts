import "server-only";
import { prisma } from "#lib/db.ts";
import { askedFlows } from "#lib/leads/asked-flow.ts";
import { readLeadLabel } from "#lib/leads/lead-label.ts";
import { readSignal } from "#lib/leads/read-signal.ts";
import { isToldFlow } from "#lib/leads/recovered-lead.ts";
import { eventKey } from "#lib/messenger/event-key.ts";
import type { ConversationMessages } from "#lib/messenger/get-conversation-messages.ts";
import { inOrder } from "#lib/messenger/read-history.ts";
import { keepHistory } from "./keep-history.ts";

type Asked = {
  pageId: string;
  psid: string;
  platform: "page" | "instagram";
  askedAt: Date;
  conversationId: string;
  name: string | null;
  since: Date;
  startedAt: Date;
};

type Missed = {
  /** How many messages since then, at least, are told of by their ids alone. */
  hidden: number;
  /** Somebody was asked things, and nothing of Meta's says how it ended: the labels may. */
  wantsLabels: boolean;
};

/** Compares what a conversation shows with what we know, and keeps what is new. */
export async function keepMissedMessages(asked: Asked, shown: ConversationMessages): Promise<Missed> {
  const { pageId, psid, conversationId, name, platform } = asked;
  const key = { pageId, psid };
  const all = shown.messages.map(({ at, ...message }) => ({ ...message, at: at?.toISOString() ?? null }));
  const mids = all.map(({ mid }) => mid);
  const heard = await heardOf(pageId, [...mids, ...shown.hiddenMessages.map(({ mid }) => mid)]);
  const messages = all.filter(({ mid, at }) => at !== null && !heard.has(mid));
  const askedAt = asked.askedAt.toISOString();
  // Before anything is kept: it would be applied while we look.
  const isWanted = await wantsLabels(asked, all);

  if (messages.length > 0) await keepHistory({ ...key, platform, askedAt, conversationId, name, messages });
  else {
    // Nothing to apply; but there is no need to read it once more.
    const read = { conversationId, historyReadAt: asked.askedAt };
    const where = { ...key, OR: [{ historyReadAt: null }, { historyReadAt: { lt: asked.askedAt } }] };
    await prisma.thread.updateMany({ where, data: read });
  }
  const hidden = shown.hiddenMessages.filter(({ mid, at }) => !heard.has(mid) && at !== null && at >= asked.since);
  return { hidden: hidden.length, wantsLabels: isWanted };
}

/** Which of these messages we know; Meta's summary of a lead is kept as its signal. */
async function heardOf(pageId: string, mids: readonly string[]): Promise<Set<string>> {
  const keys = new Map(mids.map((mid) => [eventKey("lead_summary", [mid]), mid]));
  const messages = await prisma.message.findMany({ where: { pageId, mid: { in: [...mids] } }, select: { mid: true } });
  const summaries = await prisma.event.findMany({
    where: { pageId, key: { in: [...keys.keys()] } },
    select: { key: true },
  });
  return new Set([...messages.map(({ mid }) => mid), ...summaries.map(({ key }) => keys.get(key) ?? key)]);
}

async function wantsLabels(
  { pageId, psid, startedAt }: Asked,
  all: readonly { mid: string; fromId: string; text: string | null; at: string | null; [more: string]: unknown }[],
): Promise<boolean> {
  const key = { pageId, psid };
  const heard = inOrder(all.map((one) => ({ ...one, attachments: [], replyToMid: null }))).map((one) => ({
    ...one,
    isFromPerson: one.fromId === psid,
    isByHuman: false,
  }));
  const isNew = (await prisma.thread.count({ where: { ...key, createdAt: { lt: startedAt } } })) === 0;
  const signals = (await prisma.signal.findMany({ where: key })).map(readSignal).filter((one) => !one.isRecovered);
  // People who are asked one thing after the other, or of whom we have never heard.
  const flows = askedFlows(heard).filter((flow) => (isNew || flow.answers.length > 1) && !isToldFlow(flow, signals));
  const begin = flows[0]?.answers[0]?.at;
  if (begin === undefined) return false;
  const labels = await prisma.labelFact.findMany({ where: { ...key, at: { gte: begin } }, select: { name: true } });
  return !labels.some(({ name }) => !["in_progress", null].includes(readLeadLabel(name)));
}
