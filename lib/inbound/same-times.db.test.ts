import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { applyDeliveries } from "./apply-deliveries.ts";
import { newThread, SOLAR as pageId } from "./testing.ts";

/** Meta's clock may run ahead of ours: then times end at our receipt, and which of two that is must not be up to chance. */
beforeAll(() => connectPage({ id: pageId, name: "Solar Süd", token: "t" }));

const t0 = Date.UTC(2026, 10, 19, 9, 0, 0);
const after = (seconds: number) => new Date(t0 + seconds * 1000);
const AHEAD = after(600).getTime();

type Told = { receivedAt: Date; channel: "messaging" | "standby"; item: object };

async function tell({ receivedAt, channel, item }: Told): Promise<void> {
  const body = Buffer.from(JSON.stringify({ object: "page", entry: [{ id: pageId, time: AHEAD, [channel]: [item] }] }));
  const sha256 = createHash("sha256").update(body).digest();
  await prisma.rawDelivery.create({
    data: { id: newId(), receivedAt, body, sha256, headers: {} },
    select: { id: true },
  });
  while (await applyDeliveries());
}

async function shown({ psid }: { psid: string }): Promise<object> {
  const { deliveredWatermark, readWatermark } = await prisma.thread.findUniqueOrThrow({
    where: { pageId_psid: { pageId, psid } },
  });
  const messages = await prisma.message.findMany({ where: { pageId, psid }, select: { sentAt: true } });
  return { deliveredWatermark, readWatermark, messages };
}

type Case = (psid: string) => { told: Told[]; expected: object };
const marks = (at: Date | null) => ({ deliveredWatermark: at, readWatermark: null });

const fromPerson = (psid: string) => ({ sender: { id: psid }, recipient: { id: pageId }, timestamp: AHEAD });
const echo = (psid: string, timestamp = AHEAD) => ({
  ...{ sender: { id: pageId }, recipient: { id: psid }, timestamp },
  message: { mid: `m_${psid}`, is_echo: true, app_id: 123, text: "Hello" },
});

const cases: [string, Case][] = [
  [
    "a receipt and the message it names",
    (psid) => ({
      told: [
        {
          receivedAt: after(1),
          channel: "messaging",
          item: { ...fromPerson(psid), delivery: { mids: [`m_${psid}`], watermark: AHEAD } },
        },
        { receivedAt: after(2), channel: "messaging", item: echo(psid) },
      ],
      expected: { ...marks(after(1)), messages: [{ sentAt: after(2) }] },
    }),
  ],
  [
    "a receipt without a time and the message it names",
    (psid) => ({
      told: [
        {
          receivedAt: after(20),
          channel: "messaging",
          item: { ...fromPerson(psid), delivery: { mids: [`m_${psid}`] } },
        },
        { receivedAt: after(21), channel: "messaging", item: echo(psid, after(10).getTime()) },
      ],
      expected: { ...marks(after(10)), messages: [{ sentAt: after(10) }] },
    }),
  ],
  [
    "one message of a person's on two channels",
    (psid) => {
      const item = { ...fromPerson(psid), message: { mid: `m_${psid}`, text: "Hello" } };
      const told: Told[] = [
        { receivedAt: after(1), channel: "messaging", item },
        { receivedAt: after(2), channel: "standby", item },
      ];
      return { told, expected: { ...marks(null), messages: [{ sentAt: after(1) }] } };
    },
  ],
  [
    "one message of the page's on two channels",
    (psid) => {
      const told: Told[] = [
        { receivedAt: after(1), channel: "standby", item: echo(psid) },
        { receivedAt: after(2), channel: "messaging", item: echo(psid) },
      ];
      return { told, expected: { ...marks(null), messages: [{ sentAt: after(1) }] } };
    },
  ],
];

describe.each(cases)("%s", (_, story) => {
  test.each(["as told", "the other way round"])("say the same %s", async (order) => {
    const thread = newThread();
    const { told, expected } = story(thread.psid);
    for (const one of order === "as told" ? told : told.toReversed()) await tell(one);
    expect(await shown(thread)).toEqual(expected);
  });
});
