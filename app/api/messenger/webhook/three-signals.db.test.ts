import { afterAll, beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { applyDeliveries } from "#lib/inbound/apply-deliveries.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { answerMeta } from "./door.ts";
import { type Door, openDoor } from "./testing.ts";

const pageId = "104411223344556";
let door: Door;
beforeAll(async () => {
  door = await openDoor(answerMeta);
});
afterAll(() => door.close());

const PERMUTATIONS = [
  ["H", "R", "S"],
  ["H", "S", "R"],
  ["R", "H", "S"],
  ["R", "S", "H"],
  ["S", "H", "R"],
  ["S", "R", "H"],
] as const;

const answers = [
  { question: "Do you own the house?", answer: "Yes" },
  { question: "Your postcode?", answer: "70173" },
];

/** The shapes of a complete lead's three signals as Meta documents them. */
function items(psid: string) {
  const base = { sender: { id: psid }, recipient: { id: pageId } };
  const data = { ...base, timestamp: 1795341598, lead: { data: answers } };
  return {
    R: { ...data, referral: { source: "ADS", type: "LEAD_COMPLETE", ad_id: "120231004567890123" } },
    S: {
      ...base,
      timestamp: 1795341599,
      message: { mid: `m_Summary${psid}`, text: "Lead summary:\nDo you own the house?: Yes\nYour postcode?: 70173" },
      hop_context: { app_id: 1122334455667788, metadata: "messenger_lead_gen_complete" },
    },
    H: {
      ...base,
      timestamp: 1795341604010,
      pass_thread_control: {
        previous_owner_app_id: 413038776280800,
        new_owner_app_id: 1122334455667788,
        metadata: "messenger_lead_gen_complete",
      },
    },
  };
}

/** Posts an item as Meta does: signed, and for the product's worker to apply. */
async function deliver(item: object): Promise<void> {
  const body = JSON.stringify({ object: "page", entry: [{ id: pageId, time: 1795341605120, messaging: [item] }] });
  const answer = await door.post(body);
  expect(answer.status).toBe(200);
  while (await applyDeliveries());
}

test.each(PERMUTATIONS.map((order, n) => ({ order, psid: `77190044123456${n}` })))(
  "handover, referral and summary in the order $order, each twice, make one complete lead",
  async ({ order, psid }) => {
    await connectPage({ id: pageId, name: "Solar Süd", token: "t" });
    for (const kind of order) {
      await deliver(items(psid)[kind]);
      await deliver(items(psid)[kind]);
    }
    const leads = await prisma.lead.findMany({
      where: { pageId, psid },
      include: { answers: { orderBy: { position: "asc" } } },
    });
    expect(leads).toHaveLength(1);
    expect(leads[0]).toMatchObject({ status: "complete", reason: null, adId: "120231004567890123" });
    expect(leads[0]?.answers.map(({ question, answer }) => ({ question, answer }))).toEqual(answers);
    expect(await prisma.thread.findMany({ where: { pageId, psid } })).toMatchObject([{ control: "ours" }]);
    expect(await prisma.message.count({ where: { pageId, psid } })).toBe(0);
    expect(await prisma.signal.findMany({ where: { pageId, psid, leadId: { not: leads[0]?.id ?? null } } })).toEqual(
      [],
    );
    const parked = await prisma.event.findMany({ where: { pageId, psid, state: { not: "applied" } } });
    expect(parked).toEqual([]);
  },
);
