import { beforeAll, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { newViewer } from "../../prisma/factories.ts";
import { applyWaitingEvents } from "./apply-waiting-events.ts";
import { findOddEvents } from "./find-odd-events.ts";
import { delivery, referral, userMessage } from "./item-samples.ts";
import { replayEvent } from "./replay-event.ts";
import { deliver, newThread, SOLAR as pageId } from "./testing.ts";

/** As many as Meta puts into one delivery. */
const EVENTS = 1_000;
const at = new Date(Date.UTC(2026, 10, 20, 10));
const complete = { isComplete: true, adId: "120231004567890101", answers: [{ question: "Q", answer: "A" }] };

/** What the database does not take, as a broken index would not. */
async function plantPoison(): Promise<void> {
  await prisma.$executeRaw`
    CREATE OR REPLACE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW.text = 'poison' THEN RAISE EXCEPTION 'not this one'; END IF; RETURN NEW; END $$`;
  await prisma.$executeRaw`CREATE TRIGGER refuse_poison BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION refuse_poison()`;
}

async function world() {
  const leads = await prisma.lead.findMany({ where: { pageId }, select: { id: true, psid: true, status: true } });
  const messages = await prisma.message.findMany({ where: { pageId }, select: { mid: true, text: true } });
  const events = await prisma.event.findMany({ where: { pageId }, select: { key: true, state: true } });
  const sorted = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort();
  return { leads: sorted(leads), messages: sorted(messages), events: sorted(events) };
}

beforeAll(() => connectPage({ id: pageId, name: "Solar Süd", token: "t" }));

describe("a full delivery with poison in its midst", { timeout: 120_000 }, () => {
  const threads = Array.from({ length: EVENTS / 4 }, () => newThread());
  const poisoned = threads[120];
  const items = threads.flatMap((thread) => [
    userMessage(thread, at, `m_1_${thread.psid}`, "before"),
    // Nobody can read this one at all.
    ...(thread === poisoned ? [{ nothing: "we know", sender: 7 }] : [referral(thread, at, complete)]),
    userMessage(thread, at, `m_2_${thread.psid}`, thread === poisoned ? "poison" : "in the midst"),
    userMessage(thread, at, `m_3_${thread.psid}`, "after"),
  ]);
  const body = delivery(pageId, ...items);

  test("all others are applied, also those of the same thread; it is there to see, and can be replayed", async () => {
    expect(items).toHaveLength(EVENTS);
    await plantPoison();
    await deliver(body);
    const count = (state: string) => prisma.event.count({ where: { pageId, state } });
    expect([await count("applied"), await count("parked"), await count("ignored")]).toEqual([EVENTS - 2, 1, 1]);
    expect(await prisma.message.count({ where: { pageId } })).toBe((EVENTS / 4) * 3 - 1);
    expect(await prisma.lead.count({ where: { pageId, status: "complete" } })).toBe(EVENTS / 4 - 1);
    expect(await prisma.rawDelivery.count({ where: { state: "waiting" } })).toBe(0);

    // Visible with a reason, in which nobody's words stand.
    const admin = await newViewer({ role: "admin" });
    const odd = JSON.stringify(await findOddEvents(admin));
    const [parked] = await prisma.event.findMany({ where: { pageId, state: "parked" } });
    expect(parked).toMatchObject({ psid: poisoned?.psid, kind: "message" });
    expect(parked?.stateReason).toBeTruthy();
    expect(odd).toContain(parked?.stateReason);
    expect(parked?.stateReason).not.toContain("poison");

    // As long as it is poison, replaying it changes nothing, and nor does the whole delivery once more.
    const key = { pageId, key: parked?.key ?? "" };
    const before = await world();
    expect(await replayEvent(admin, key, "once more")).toBe("queued");
    await applyWaitingEvents();
    await deliver(body);
    expect(await world()).toEqual(before);

    await prisma.$executeRaw`DROP TRIGGER refuse_poison ON message`;
    expect(await replayEvent(admin, key, "mended")).toBe("queued");
    await applyWaitingEvents();
    const healed = await world();
    expect([await count("applied"), await count("parked")]).toEqual([EVENTS - 1, 0]);
    expect(await prisma.message.count({ where: { pageId, text: "poison" } })).toBe(1);
    await deliver(body);
    expect(await world()).toEqual(healed);
  });
});
