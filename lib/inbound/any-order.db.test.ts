import { beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { PAGE_INBOX_APP_ID } from "#lib/messenger/app-ids.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { leadHandover, referral, summary, takenByInbox, userMessage } from "./item-samples.ts";
import { deliver, SOLAR as pageId } from "./testing.ts";

beforeAll(() => connectPage({ id: pageId, name: "Solar Süd", token: "t" }));

const t0 = Date.UTC(2026, 10, 19, 9, 0, 0);
const after = (seconds: number) => new Date(t0 + seconds * 1000);
const LEADGEN = 413038776280800;
const OURS = 1122334455667788;
const answers = [
  { question: "Do you own the house?", answer: "Yes" },
  { question: "Your postcode?", answer: "70173" },
];

type Told = { channel: "messaging" | "standby" | "changes"; item: object };

/** A lead and the conversation after it, as Meta tells of them piece by piece. */
function story(psid: string): Told[] {
  const thread = { pageId, psid };
  const ends = { sender: { id: psid }, recipient: { id: pageId } };
  const echo = (seconds: number, appId: number, text: string) => ({
    sender: { id: pageId },
    recipient: { id: psid },
    timestamp: after(seconds).getTime(),
    message: { mid: `m_${psid}_${seconds}`, is_echo: true, app_id: appId, text },
  });
  const says = (seconds: number, text: string) => userMessage(thread, after(seconds), `m_${psid}_${seconds}`, text);
  const messaging = (item: object): Told => ({ channel: "messaging", item });
  return [
    messaging(says(0, "Yes")),
    messaging(echo(1, LEADGEN, "Your postcode?")),
    messaging(says(20, "70173")),
    messaging(leadHandover(thread, after(20.123), true)),
    messaging(referral(thread, after(20), { isComplete: true, adId: "120231004567890102", answers })),
    messaging(summary(thread, after(20), answers)),
    messaging(echo(20.2, LEADGEN, "Thank you!")),
    messaging(takenByInbox(thread, after(600), OURS)),
    messaging(echo(601, Number(PAGE_INBOX_APP_ID), "Jana here.")),
    { channel: "standby", item: says(660, "Hello Jana") },
    messaging(says(660, "Hello Jana")),
    messaging({
      ...ends,
      timestamp: after(1200).getTime(),
      pass_thread_control: { previous_owner_app_id: PAGE_INBOX_APP_ID, new_owner_app_id: OURS, metadata: "" },
    }),
    messaging(echo(1260, OURS, "Written by an old installation.")),
    messaging(says(1800, "My number is …")),
    messaging({ ...ends, timestamp: after(1860).getTime(), message: { mid: `m_${psid}_1800`, is_deleted: true } }),
    messaging({ ...ends, delivery: { mids: [`m_${psid}_1260`], watermark: after(1261).getTime() } }),
    messaging({ ...ends, timestamp: after(1300).getTime(), read: { watermark: after(1290).getTime() } }),
    messaging({
      ...ends,
      timestamp: after(1900).getTime(),
      postback: { mid: `m_${psid}_p`, title: "Book", payload: "BOOK" },
    }),
    {
      channel: "changes",
      item: {
        field: "inbox_labels",
        value: { user: { id: psid }, action: "add", label: { id: "1", page_label_name: "Lead Complete" } },
      },
    },
  ];
}

type Shown = { thread: object; leads: object[]; messages: { text: string | null }[]; facts: object[] };

/** Everything that is shown of a thread, without what tells when it came. */
async function shown(psid: string): Promise<Shown> {
  const where = { pageId, psid };
  const {
    createdAt: _,
    refreshDueAt: __,
    ...thread
  } = await prisma.thread.findUniqueOrThrow({ where: { pageId_psid: where } });
  const leads = await prisma.lead.findMany({
    where,
    select: {
      status: true,
      reason: true,
      adId: true,
      at: true,
      lastActivityAt: true,
      lastInboundAt: true,
      waitingSince: true,
      firstResponseAt: true,
      freeUntil: true,
      probableUntil: true,
      answers: { select: { question: true, answer: true }, orderBy: { position: "asc" } },
    },
  });
  const messages = await prisma.message.findMany({
    where,
    orderBy: [{ sentAt: "asc" }, { mid: "asc" }],
    omit: { receivedAt: true },
  });
  const facts = await prisma.controlFact.findMany({
    where,
    select: { kind: true, source: true, at: true },
    orderBy: [{ at: "asc" }, { kind: "asc" }],
  });
  // The keys of people and messages differ from telling to telling.
  return JSON.parse(JSON.stringify({ thread, leads, messages, facts }).replaceAll(psid, "PSID"));
}

/** The same shuffling in every run. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

async function tell(psid: string, told: readonly Told[], batch: number): Promise<void> {
  for (let start = 0; start < told.length; start += batch) {
    const entry = told
      .slice(start, start + batch)
      .map(({ channel, item }) => ({ id: pageId, time: after(3600).getTime(), [channel]: [item] }));
    await deliver({ object: "page", entry });
  }
  expect(await prisma.event.count({ where: { pageId, psid, state: { not: "applied" } } })).toBe(0);
}

test("a thread told in its order shows what happened", async () => {
  const psid = "7719008800001";
  await tell(psid, story(psid), 1);
  const { thread, leads, messages } = await shown(psid);
  expect(thread).toMatchObject({ control: "ours", lastOpener: "postback", lastInboundAt: after(1900).toISOString() });
  expect(leads).toMatchObject([
    { status: "complete", answers, firstResponseAt: after(601).toISOString(), waitingSince: after(660).toISOString() },
  ]);
  expect(messages.map(({ text }) => text)).toEqual([
    "Yes",
    "Your postcode?",
    "70173",
    "Thank you!",
    "Jana here.",
    "Hello Jana",
    "Written by an old installation.",
    null,
    "Book",
  ]);
});

test("told backwards, shuffled, in one delivery or in many, it shows the same", async () => {
  const first = "7719008810000";
  await tell(first, story(first), 1);
  const expected = await shown(first);
  for (const [index, batch] of [1, 2, 5, 19].entries()) {
    const psid = `771900881000${index + 1}`;
    const told = index === 0 ? story(psid).reverse() : shuffled(story(psid), index * 7919);
    await tell(psid, told, batch);
    expect(await shown(psid), `telling ${index}`).toEqual(expected);
  }
});
