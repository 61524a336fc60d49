import { expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { getThread } from "#lib/threads/get-thread.ts";
import { deliver, SOLAR } from "./testing.ts";

const psid = "7719004412345678";
const START = Date.UTC(2026, 10, 20, 10);
const PARTS = {
  message: { message: { mid: "m_1", text: "Call me on Monday" } },
  first: { message_edit: { mid: "m_1", text: "Call me on Tuesday", num_edit: 1 } },
  second: { message_edit: { mid: "m_1", text: "Call me on Friday", num_edit: "2" } },
  like: { reaction: { mid: "m_1", action: "react", reaction: "like", emoji: "👍" } },
  love: { reaction: { mid: "m_1", action: "react", reaction: "love", emoji: "❤️" } },
} as const;
const order: (keyof typeof PARTS)[] = ["message", "first", "second", "like", "love"];

/** One item of this person's, as the only one of its delivery. */
const tell = (person: string, timestamp: number, part: object) =>
  deliver({
    object: "page",
    entry: [
      { id: SOLAR, time: START, messaging: [{ sender: { id: person }, recipient: { id: SOLAR }, timestamp, ...part }] },
    ],
  });
const send = (name: keyof typeof PARTS) => tell(psid, START + order.indexOf(name) * 60_000, PARTS[name]);

test.each([{ names: order }, { names: order.toReversed() }, { names: [...order, ...order.toReversed()] }])(
  "edits and reactions in the order $names show the last word, with what was said before",
  async ({ names }) => {
    await prisma.person.deleteMany({});
    await prisma.event.deleteMany({});
    await connectPage({ id: SOLAR, name: "Solar Süd", token: "t" });
    for (const name of names) await send(name);

    const thread = await getThread({ pageId: SOLAR, psid });
    expect(thread?.messages).toMatchObject([
      {
        id: "m_1",
        text: "Call me on Friday",
        earlierTexts: ["Call me on Monday", "Call me on Tuesday"],
        reaction: "❤️",
      },
    ]);
    // A reaction is an act of the person; an edit is not.
    expect(thread?.window).toMatchObject({ opener: "reaction", lastActionAt: new Date(START + 4 * 60_000) });
    expect(await prisma.event.count({ where: { state: { not: "applied" } } })).toBe(0);
  },
);

test("a reaction taken back is gone", async () => {
  await tell(psid, START + 600_000, { reaction: { mid: "m_1", action: "unreact" } });
  expect((await getThread({ pageId: SOLAR, psid }))?.messages).toMatchObject([{ reaction: null }]);
});

test.each([
  { referral: { type: "OPEN_THREAD", source: "SHORTLINK", ref: "flyer-stuttgart" }, opens: true },
  { referral: { type: "OPEN_THREAD", source: "ADS", ad_id: "120231004567890123" }, opens: false },
])("$referral is shown in the thread, and opens the window: $opens", async ({ referral, opens }) => {
  const newcomer = opens ? "7719004400000001" : "7719004400000002";
  for (let twice = 0; twice < 2; twice += 1) await tell(newcomer, START, { referral });
  const thread = await getThread({ pageId: SOLAR, psid: newcomer });
  expect(thread?.referrals).toMatchObject([{ at: new Date(START), ref: opens ? "flyer-stuttgart" : null }]);
  expect(thread?.window.lastActionAt).toEqual(opens ? new Date(START) : null);
});
