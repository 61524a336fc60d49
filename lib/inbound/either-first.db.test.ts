import { beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { deliver, SOLAR as pageId } from "./testing.ts";

const at = Date.UTC(2026, 10, 20, 10);
let people = 0;

beforeAll(() => connectPage({ id: pageId, name: "Solar Süd", token: "t" }));

type Piece = { channel?: "messaging" | "standby"; item: object };
type Told = (psid: string) => Piece[];

const person = (psid: string) => ({ sender: { id: psid }, recipient: { id: pageId }, timestamp: at });
const page = (psid: string) => ({ sender: { id: pageId }, recipient: { id: psid }, timestamp: at });

/** What a thread is after these pieces came one by one, but for when we heard of them and who it is. */
async function after(told: Told, reversed: boolean): Promise<unknown> {
  people += 1;
  const psid = `77190044${1000 + people}`;
  const pieces = told(psid);
  for (const { channel = "messaging", item } of reversed ? pieces.toReversed() : pieces) {
    await deliver({ object: "page", entry: [{ id: pageId, time: at, [channel]: [item] }] });
  }
  const key = { pageId, psid };
  const found = [
    await prisma.message.findMany({ where: key, omit: { receivedAt: true }, orderBy: { mid: "asc" } }),
    await prisma.thread.findUnique({ where: { pageId_psid: key }, omit: { createdAt: true } }),
  ];
  return JSON.parse(JSON.stringify(found).replaceAll(psid, "PSID"));
}

test.each<[string, Told]>([
  [
    "a message and its deletion",
    (psid) => [
      { item: { ...person(psid), message: { mid: `m_${psid}`, text: "Oh", reply_to: { mid: "m_0" } } } },
      { item: { ...person(psid), timestamp: at + 9_000, message: { mid: `m_${psid}`, is_deleted: true } } },
    ],
  ],
  [
    "a postback beside us, and to us with its payload",
    (psid) => [
      { channel: "standby", item: { ...person(psid), postback: { mid: `m_${psid}`, title: "Go" } } },
      { item: { ...person(psid), postback: { mid: `m_${psid}`, title: "Go", payload: "GO" } } },
    ],
  ],
  [
    "two acts of a person in one moment",
    (psid) => [
      { item: { ...person(psid), message: { mid: `m_${psid}`, text: "Hi" } } },
      { item: { ...person(psid), postback: { mid: `p_${psid}`, title: "Go" } } },
    ],
  ],
  [
    "an echo that names its app, and the same beside us that does not",
    (psid) => [
      { item: { ...page(psid), message: { is_echo: true, mid: `m_${psid}`, text: "Hi", app_id: 2233445566778899 } } },
      { channel: "standby", item: { ...page(psid), message: { is_echo: true, mid: `m_${psid}`, text: "Hi" } } },
    ],
  ],
])("%s: either may come first", async (_, told) => {
  expect(await after(told, true)).toEqual(await after(told, false));
});
