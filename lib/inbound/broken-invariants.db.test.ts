import { beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { applyWaitingEvents } from "./apply-waiting-events.ts";
import { delivery, leadHandover, referral, userMessage } from "./item-samples.ts";
import { deliver, newThread, SOLAR as pageId } from "./testing.ts";

beforeAll(() => connectPage({ id: pageId, name: "Solar Süd", token: "t" }));

const at = new Date(Date.UTC(2026, 10, 20, 10));
const lead = { isComplete: true, adId: "120231004567890101", answers: [{ question: "Q", answer: "A" }] };

const parked = (psid: string) =>
  prisma.event.findMany({ where: { pageId, psid, state: "parked" }, select: { kind: true, stateReason: true } });

test("leads that contradict their signals: the event is parked with the rule's name, its neighbours go on", async () => {
  const [thread, neighbour] = [newThread(), newThread()];
  await deliver(delivery(pageId, referral(thread, at, lead)));
  // Somebody wrote a lead that no signal tells of.
  const stray = { pageId, id: newId(), psid: thread.psid, status: "complete", at, receivedAt: at, lastActivityAt: at };
  await prisma.lead.create({ data: stray });
  await prisma.signal.updateMany({ where: { pageId, psid: thread.psid }, data: { leadId: stray.id } });

  await deliver(delivery(pageId, leadHandover(thread, at, true), referral(neighbour, at, lead)));
  expect(await parked(thread.psid)).toEqual([{ kind: "handover", stateReason: "InvariantBroken lead-without-a-run" }]);
  expect(await prisma.signal.count({ where: { pageId, psid: thread.psid } })).toBe(1);
  expect(await prisma.lead.count({ where: { pageId, psid: neighbour.psid } })).toBe(1);

  // Once it is repaired, what was parked is applied from the kept bytes.
  const gone = { pageId, psid: thread.psid, id: { not: stray.id } };
  await prisma.lead.deleteMany({ where: gone });
  await prisma.event.updateMany({ where: { pageId, psid: thread.psid, state: "parked" }, data: { state: "waiting" } });
  await applyWaitingEvents();
  expect(await parked(thread.psid)).toEqual([]);
  expect(await prisma.signal.count({ where: { pageId, psid: thread.psid } })).toBe(2);
});

test("a thread whose clocks contradict each other takes nothing more in, and says which rule is broken", async () => {
  const thread = newThread();
  await deliver(delivery(pageId, userMessage(thread, at, `m_${thread.psid}_1`, "Hello")));
  await prisma.thread.updateMany({ where: thread, data: { lastInboundAt: new Date(at.getTime() + 86_400_000) } });
  const next = new Date(at.getTime() + 1_000);
  await deliver(delivery(pageId, userMessage(thread, next, `m_${thread.psid}_2`, "Are you there?")));
  expect(await parked(thread.psid)).toEqual([
    { kind: "message", stateReason: "InvariantBroken message-without-a-window" },
  ]);
  expect(await prisma.message.count({ where: thread })).toBe(1);
});
