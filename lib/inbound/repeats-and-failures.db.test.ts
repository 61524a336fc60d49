import { beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { applyWaitingEvents } from "./apply-waiting-events.ts";
import { delivery, leadHandover, referral, userMessage } from "./item-samples.ts";
import { retryParkedEvents } from "./retry-parked-events.ts";
import { deliver, newThread, SOLAR as pageId } from "./testing.ts";

const newestDelivery = () => prisma.rawDelivery.findFirstOrThrow({ orderBy: [{ receivedAt: "desc" }, { id: "desc" }] });
const at = new Date(Date.UTC(2026, 10, 20, 10));
const complete = { isComplete: true, adId: "120231004567890101", answers: [{ question: "Q", answer: "A" }] };

const admin: Viewer = { agentId: newId(), name: "A", email: "a@example.org", role: "admin", pageIds: null };

/** What an admin's button and the worker's next round do. */
async function applyAgain(): Promise<void> {
  expect(await retryParkedEvents({ ...admin, role: "agent" })).toEqual({ outcome: "not-allowed" });
  expect(await retryParkedEvents({ ...admin, pageIds: ["1"] })).toEqual({ outcome: "queued", count: 0 });
  expect(await retryParkedEvents(admin)).toEqual({ outcome: "queued", count: 1 });
  expect(await applyWaitingEvents()).toBe(1);
}

beforeAll(() => connectPage({ id: pageId, name: "Solar Süd", token: "t" }));

describe("repeats and failures", () => {
  test("a delivery twice changes nothing", async () => {
    const thread = newThread();
    const body = delivery(
      pageId,
      referral(thread, at, complete),
      leadHandover(thread, at, true),
      userMessage(thread, at, `m_${thread.psid}`, "Hello"),
    );
    await deliver(body);
    const everything = () =>
      Promise.all([
        prisma.lead.findMany({ where: thread, include: { answers: true, activities: true } }),
        prisma.message.findMany({ where: thread }),
        prisma.thread.findMany({ where: thread }),
        prisma.event.findMany({ where: thread, orderBy: { key: "asc" } }),
      ]);
    const before = await everything();
    await deliver(body);
    await deliver(body);
    expect(await everything()).toEqual(before);
    expect(await newestDelivery()).toMatchObject({ eventCount: 3, duplicateCount: 3 });
  });

  test.each([
    { how: "a repeat of Meta's", heal: deliver },
    { how: "applying again from the kept bytes", heal: applyAgain },
  ])(
    "an event that fails is parked with its reason, its neighbours are applied, and $how heals it",
    async ({ heal }) => {
      const thread = newThread();
      const neighbour = newThread();
      // A database that cannot take this one row, as a full or broken index would not.
      await prisma.$executeRaw`
      CREATE OR REPLACE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.text = 'poison' THEN RAISE EXCEPTION 'not this one'; END IF; RETURN NEW; END $$`;
      await prisma.$executeRaw`CREATE TRIGGER refuse_poison BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION refuse_poison()`;
      const body = delivery(
        pageId,
        userMessage(thread, at, `m_1_${thread.psid}`, "before"),
        userMessage(thread, at, `m_2_${thread.psid}`, "poison"),
        referral(thread, at, complete),
        userMessage(neighbour, at, `m_${neighbour.psid}`, "neighbour"),
      );
      await deliver(body);
      expect(await newestDelivery()).toMatchObject({ state: "opened", eventCount: 4 });
      expect(await prisma.event.findMany({ where: { ...thread, state: "parked" } })).toMatchObject([
        { kind: "message" },
      ]);
      const [parked] = await prisma.event.findMany({ where: { ...thread, state: "parked" } });
      expect(parked?.stateReason).toBeTruthy();
      expect(parked?.stateReason).not.toContain("poison");
      expect(await prisma.lead.findMany({ where: thread })).toMatchObject([{ status: "complete" }]);
      expect(await prisma.message.findMany({ where: thread })).toMatchObject([{ text: "before" }]);
      expect(await prisma.message.count({ where: neighbour })).toBe(1);

      await prisma.$executeRaw`DROP TRIGGER refuse_poison ON message`;
      await heal(body);
      expect(await prisma.event.count({ where: { ...thread, state: "parked" } })).toBe(0);
      expect((await prisma.message.findMany({ where: thread })).map(({ text }) => text).sort()).toEqual([
        "before",
        "poison",
      ]);
      expect(await prisma.lead.count({ where: thread })).toBe(1);
    },
  );
});
