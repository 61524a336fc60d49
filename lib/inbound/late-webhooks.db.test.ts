import { beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { applyDeliveries } from "./apply-deliveries.ts";
import { leadHandover, referral, summary, userMessage } from "./item-samples.ts";
import { keepHistory } from "./keep-history.ts";
import { deliver, newThread, SOLAR } from "./testing.ts";

beforeAll(() => connectPage({ id: SOLAR, name: "Solar Süd", token: "t" }));

const t0 = Date.UTC(2026, 10, 20, 9, 0, 0);
const after = (seconds: number) => new Date(t0 + seconds * 1000);
const answers = [
  { question: "Do you own the house?", answer: "Yes" },
  { question: "Your postcode?", answer: "70173" },
];
type Thread = { pageId: string; psid: string };

const webhook = (thread: Thread, item: object) =>
  deliver({ object: "page", entry: [{ id: thread.pageId, time: t0, messaging: [item] }] });
const mid = ({ psid }: Thread, name: string) => `m_${psid}_${name}`;

/** The conversation as Graph shows it, with the label Meta put on at the end. */
async function history(thread: Thread): Promise<void> {
  const said = (name: string, seconds: number, fromId: string, text: string) => ({
    mid: mid(thread, name),
    at: after(seconds).toISOString(),
    fromId,
    text,
    attachments: [],
    replyToMid: null,
  });
  const messages = [
    said("thanks", 22, thread.pageId, "Thank you!"),
    said("a2", 22, thread.psid, "70173"),
    said("q2", 11, thread.pageId, "Your postcode?"),
    said("a1", 10, thread.psid, "Yes"),
    said("q1", 0, thread.pageId, "Do you own the house?"),
    said("intro", 0, thread.pageId, "Welcome!"),
  ];
  const asked = { ...thread, platform: "page", askedAt: after(600).toISOString(), conversationId: "t_1" } as const;
  await keepHistory({ ...asked, name: "Kim Muster", messages });
  await keepHistory({ ...asked, labels: ["Lead Complete"] });
  while (await applyDeliveries());
}

const signals = {
  R: (thread: Thread) =>
    webhook(thread, referral(thread, after(22), { isComplete: true, adId: "120231004567890102", answers })),
  H: (thread: Thread) => webhook(thread, leadHandover(thread, after(22.4), true)),
  S: (thread: Thread) => webhook(thread, summary(thread, after(22), answers)),
};
const messages = async (thread: Thread) => {
  await webhook(thread, userMessage(thread, after(10.123), mid(thread, "a1"), "Yes"));
  await webhook(thread, userMessage(thread, after(22.001), mid(thread, "a2"), "70173"));
};

async function shown({ pageId, psid }: Thread) {
  const where = { pageId, psid };
  const leads = await prisma.lead.findMany({
    where,
    select: {
      status: true,
      reason: true,
      adId: true,
      at: true,
      answers: { select: { question: true, answer: true }, orderBy: { position: "asc" } },
    },
  });
  const rows = await prisma.message.findMany({ where, orderBy: [{ sentAt: "asc" }, { mid: "asc" }] });
  const thread = await prisma.thread.findUniqueOrThrow({ where: { pageId_psid: where } });
  const { lastInboundAt, lastActionAt, lastOutboundAt, control } = thread;
  return {
    leads,
    messages: rows.map(({ mid, text, sentAt, direction }) => [mid.replace(psid, ""), text, sentAt, direction]),
    thread: { lastInboundAt, lastActionAt, lastOutboundAt, control },
  };
}

test("of a lead none of whose signals came, the history makes one, and says what it does not know", async () => {
  const thread = newThread();
  await history(thread);
  const { leads, messages: told } = await shown(thread);
  expect(leads).toEqual([{ status: "complete", reason: null, adId: null, at: after(22), answers }]);
  expect(told.map(([, text]) => text)).toEqual([
    "Welcome!",
    "Do you own the house?",
    "Yes",
    "Your postcode?",
    "70173",
    "Thank you!",
  ]);
  const signal = await prisma.signal.findFirstOrThrow({ where: thread });
  expect(signal).toMatchObject({ kind: "R", isRecovered: true });
});

test("whatever comes late joins the recovered lead, and either order ends equal", async () => {
  const orders = [
    [signals.R, signals.H, signals.S, messages, history],
    [history, signals.R, signals.H, signals.S, messages],
    [messages, signals.H, history, signals.S, signals.R],
    [signals.S, history, messages, signals.R, signals.H, history],
    [history, messages, signals.S, signals.H, signals.R, signals.R],
  ];
  const ends = [];
  for (const order of orders) {
    const thread = newThread();
    for (const tell of order) await tell(thread);
    ends.push(await shown(thread));
    const leads = await prisma.lead.findMany({ where: thread, select: { id: true } });
    const aliases = await prisma.leadAlias.count({
      where: { pageId: SOLAR, leadId: { in: leads.map(({ id }) => id) } },
    });
    expect([leads.length, aliases]).toEqual([1, 0]);
  }
  for (const end of ends) expect(end).toEqual(ends[0]);
  expect(ends[0]?.leads[0]).toMatchObject({ status: "complete", adId: "120231004567890102", answers });
});

test("a conversation without any sign of an ad makes no lead", async () => {
  const thread = newThread();
  const base = { attachments: [], replyToMid: null, fromId: thread.psid };
  const asked = { ...thread, platform: "page", askedAt: after(600).toISOString(), conversationId: "t_2" } as const;
  const texts = [
    { ...base, mid: mid(thread, "2"), at: after(9).toISOString(), text: "Tuesday" },
    { ...base, mid: mid(thread, "1"), at: after(1).toISOString(), fromId: thread.pageId, text: "When may we call?" },
  ];
  await keepHistory({ ...asked, name: null, messages: texts });
  while (await applyDeliveries());
  expect((await shown(thread)).leads).toEqual([]);
});
