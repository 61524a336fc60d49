import { beforeAll, beforeEach, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { readSample, type SampleName } from "#lib/messenger/samples/read-sample.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { getThread } from "#lib/threads/get-thread.ts";
import { deliver, newThread, SOLAR as pageId } from "./testing.ts";

const INSTAGRAM = "17841400099887766";
const kim = { pageId, psid: "7719004412345678" };
const igKim = { pageId: INSTAGRAM, psid: "1288800012345678" };

beforeAll(async () => {
  await connectPage({ id: pageId, name: "Solar Süd", token: "t" });
  await connectPage({ id: INSTAGRAM, name: "solar.sued", token: "t" });
});
beforeEach(async () => {
  await prisma.event.deleteMany();
  await prisma.person.deleteMany();
});

const deliverSample = (name: SampleName) => deliver(Buffer.from(readSample(name)).toString());
const noticesOf = async (thread = kim) =>
  (await getThread(thread))?.notices.toSorted((a, b) => a.at.getTime() - b.at.getTime());

test.each<[SampleName, object[]]>([
  ["optin-topic", [{ kind: "optin", data: { action: "opt_in", topic: "monthly-offers", title: "Offers" } }]],
  ["optin", [{ kind: "optin", data: { action: "stop", topic: "monthly-offers" } }]],
  ["optin-resume", [{ kind: "optin", data: { action: "resume" } }]],
  ["optin-one-time", [{ kind: "optin", data: { action: "opt_in", topic: "price-drop" } }]],
  ["optin-ref", [{ kind: "optin", data: { action: "opt_in", topic: "newsletter-footer" } }]],
  ["feedback", [{ kind: "feedback", data: { answers: [{ type: "csat", payload: "5", followUp: "Quick answer" }] } }]],
  [
    "feedback-free-text",
    [
      {
        kind: "feedback",
        data: {
          answers: [
            { type: "nps", payload: "9" },
            { type: "ces", payload: "2" },
            { type: "free_form", payload: "Very friendly on the phone." },
          ],
        },
      },
    ],
  ],
  ["response-feedback", [{ kind: "response_feedback", data: { isGood: true, mid: "m_EchoExample05" } }]],
  ["account-linked", [{ kind: "account_linking", data: { isLinked: true } }]],
  ["account-unlinked", [{ kind: "account_linking", data: { isLinked: false } }]],
  ["in-thread-form", [{ kind: "form", data: { formId: "998877665544332" } }]],
  [
    "order",
    [
      {
        kind: "order",
        data: {
          items: [
            { name: "Solar cleaning kit", quantity: "2" },
            { name: "Roof check", quantity: "1" },
          ],
          note: "Please call before delivery",
        },
      },
    ],
  ],
  ["label-added", [{ kind: "label", data: { name: "Lead Disqualified", isRemoval: false } }]],
  ["label-removed", [{ kind: "label", data: { isRemoval: true } }]],
])("%s stands in the thread, once", async (name, expected) => {
  await deliverSample(name);
  await deliverSample(name);
  expect(await noticesOf()).toMatchObject(expected);
});

test.each<[string, SampleName[], boolean]>([
  ["a stop", ["optin"], true],
  ["a stop, then an opt-in", ["optin-topic", "optin"], false],
  ["a stop, then its end", ["optin", "optin-resume"], false],
])("%s is remembered at the person, in any order", async (_, names, isStopped) => {
  for (const order of [names, names.toReversed()]) {
    await prisma.event.deleteMany();
    await prisma.person.deleteMany();
    for (const name of order) await deliverSample(name);
    const { stoppedAt } = await prisma.person.findFirstOrThrow({ where: kim });
    expect(stoppedAt !== null).toBe(isStopped);
  }
});

test("a message that names the link it came by is one arrival, on standby too", async () => {
  await deliverSample("message-first-by-link");
  await deliver(Buffer.from(readSample("message-first-by-link")).toString().replace('"messaging"', '"standby"'));
  const thread = await getThread(kim);
  expect(thread?.referrals).toMatchObject([{ ref: "flyer-stuttgart", adId: null }]);
  expect(thread?.messages).toHaveLength(1);
});

test("a quick reply is told from something written", async () => {
  await deliverSample("message-quick-reply");
  await deliverSample("message-commands");
  expect((await getThread(kim))?.messages).toMatchObject([
    { text: "Morning", isQuickReply: true },
    { text: "/price", isQuickReply: false, attachments: [{ type: "command", title: "price" }] },
  ]);
});

test("every kind of attachment is kept with what it is", async () => {
  await deliverSample("message-every-attachment");
  await deliverSample("instagram-attachments");
  const types = async (thread: typeof kim) =>
    (await getThread(thread))?.messages.flatMap(({ attachments }) => attachments.map(({ type }) => type));
  expect(await types(kim)).toEqual([
    ...["image", "video", "audio", "file", "sticker", "fallback", "template", "template", "reel", "post"],
    ...["appointment_booking", "location", "hologram"],
  ]);
  expect(await types(igKim)).toEqual(["ig_reel", "ig_post", "story_mention", "share"]);
  const [message] = (await getThread(kim))?.messages ?? [];
  expect(message?.attachments[10]).toMatchObject({
    appointment: { status: "CONFIRMED", startsAt: "2026-11-25T10:00:00.000Z", endsAt: "2026-11-25T11:00:00.000Z" },
  });
});

test.each<[SampleName[]]>([[["instagram-echo", "echo-deleted"]], [["echo-deleted", "instagram-echo"]]])(
  "%j: a message of ours taken back is a tombstone of ours",
  async (names) => {
    for (const name of names) await deliverSample(name);
    expect((await getThread(igKim))?.messages).toMatchObject([{ from: "page_inbox", text: null, isDeleted: true }]);
  },
);

test.each<[SampleName, object]>([
  ["echo-ours", { from: "agent" }],
  ["echo-page-inbox", { from: "page_inbox" }],
  ["echo-page-inbox-short-id", { from: "page_inbox" }],
  ["echo-leadgen", { from: "leadgen" }],
  ["echo-other-app", { from: "other_app" }],
  ["echo-without-app", { from: "page" }],
])("%s: says who wrote it", async (name, expected) => {
  await deliverSample(name);
  expect((await getThread(kim))?.messages).toMatchObject([expected]);
});

test("a plugin's visitor is nobody of the page's: kept, and no thread", async () => {
  const { psid } = newThread();
  await deliverSample("optin-user-ref");
  expect(await prisma.event.findMany()).toMatchObject([
    { state: "ignored", stateReason: "optin_user_ref", psid: null },
  ]);
  expect(await prisma.person.count({ where: { psid } })).toBe(0);
});
