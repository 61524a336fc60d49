import { createHash, createHmac } from "node:crypto";
import { APP_ID, APP_SECRET } from "./installation.ts";

/** Deliveries in Meta's shapes, written from Meta's documentation alone. */

export type Item = { pageId: string; item: object };
type Thread = { pageId: string; psid: string };

const LEADGEN_APP_ID = 413_038_776_280_800;
const ANSWERS = [
  { question: "Do you own the house?", answer: "Yes" },
  { question: "Your postcode?", answer: "70173" },
  { question: "What is your email address?", answer: "k.muster@example.org" },
];

const AD = "120231004567890123";

export const threadOf = (pageId: string, number: number): Thread => ({
  pageId,
  psid: `77190${String(number).padStart(11, "0")}`,
});

const ends = ({ pageId, psid }: Thread) => ({ sender: { id: psid }, recipient: { id: pageId } });

export function message(thread: Thread, at: number, mid: string, text: string): Item {
  return { pageId: thread.pageId, item: { ...ends(thread), timestamp: at, message: { mid, text } } };
}

function question(thread: Thread, at: number, mid: string, text: string): Item {
  const { pageId, psid } = thread;
  const said = { mid, is_echo: true, app_id: LEADGEN_APP_ID, text };
  return { pageId, item: { sender: { id: pageId }, recipient: { id: psid }, timestamp: at, message: said } };
}

function handover(thread: Thread, at: number): Item {
  const pass = {
    previous_owner_app_id: LEADGEN_APP_ID,
    new_owner_app_id: Number(APP_ID),
    metadata: "messenger_lead_gen_complete",
  };
  return { pageId: thread.pageId, item: { ...ends(thread), timestamp: at, pass_thread_control: pass } };
}

function referral(thread: Thread, at: number, answers = ANSWERS): Item {
  const ads_context_data = { ad_title: "Solar roof check – autumn", post_id: `${thread.pageId}_889900112233` };
  const from = { source: "ADS", type: "LEAD_COMPLETE", ad_id: AD, ads_context_data };
  const item = { ...ends(thread), timestamp: Math.floor(at / 1000), referral: from, lead: { data: answers } };
  return { pageId: thread.pageId, item };
}

/** One lead in one event, known by its first answer. */
export function newLead(thread: Thread, at: number, firstAnswer: string): Item {
  return referral(thread, at, [{ question: "Your street?", answer: firstAnswer }, ...ANSWERS]);
}

/** One lead as Meta tells of it, in five events: an answer overheard, the last question, two signals, and a word after it. */
export function leadStory(thread: Thread, startedAt: number): Item[] {
  const mid = (part: number) => `m_${thread.psid}_${part}`;
  return [
    message(thread, startedAt, mid(1), "Yes"),
    question(thread, startedAt + 1_500, mid(2), "What is your email address?"),
    handover(thread, startedAt + 20_123),
    referral(thread, startedAt + 20_000),
    message(thread, startedAt + 90_000, mid(3), "Can you call me tomorrow after 5? Grüße 🙂"),
  ];
}

/** What the judge must find of a thread after its whole story. */
export const STORY = { messages: 3, leads: 1, events: 5, answers: ANSWERS.length };

export function delivery(items: readonly Item[], sentAt: number): Buffer {
  const entry = items.map(({ pageId, item }) => ({ id: pageId, time: sentAt, messaging: [item] }));
  return Buffer.from(JSON.stringify({ object: "page", entry }));
}

export const signature = (body: Buffer): string =>
  `sha256=${createHmac("sha256", APP_SECRET).update(body).digest("hex")}`;

export const sha256 = (body: Buffer): Buffer => createHash("sha256").update(body).digest();
