import { beforeAll, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { newViewer } from "../../prisma/factories.ts";
import { applyWaitingEvents } from "./apply-waiting-events.ts";
import { findOddEvents } from "./find-odd-events.ts";
import { leadHandover, referral, userMessage } from "./item-samples.ts";
import { deliver, KITCHEN, newThread, SOLAR as pageId } from "./testing.ts";

const at = new Date(Date.UTC(2026, 10, 20, 10));

beforeAll(() => connectPage({ id: pageId, name: "Solar Süd", token: "t" }));

const newestDelivery = () => prisma.rawDelivery.findFirstOrThrow({ orderBy: [{ receivedAt: "desc" }, { id: "desc" }] });
const leadOf = (thread: { pageId: string; psid: string }) => prisma.lead.findFirstOrThrow({ where: thread });
const complete = { isComplete: true, adId: "120231004567890101" };

describe("what is malformed is kept and counted, and its neighbours are applied", () => {
  test.each<[string, (psid: string) => unknown]>([
    ["an item that is a text", () => "hello"],
    ["an item that is null", () => null],
    ["an item that is a list", () => [[]]],
    ["an empty item", () => ({})],
    ["no sender", () => ({ recipient: { id: pageId }, timestamp: 1, message: { mid: "m_1", text: "x" } })],
    ["a sender without an id", () => ({ sender: {}, recipient: { id: pageId }, message: { mid: "m_2", text: "x" } })],
    ["a message that is a text", (psid) => ({ sender: { id: psid }, recipient: { id: pageId }, message: "hello" })],
    [
      "a message without a mid",
      (psid) => ({ sender: { id: psid }, recipient: { id: pageId }, message: { text: "x" } }),
    ],
    ["a referral that is a number", (psid) => ({ sender: { id: psid }, recipient: { id: pageId }, referral: 7 })],
    ["a kind nobody knows", (psid) => ({ sender: { id: psid }, recipient: { id: pageId }, hologram: { depth: 3 } })],
  ])("%s", async (_, odd) => {
    const before = newThread();
    const behind = newThread();
    const item = odd(newThread().psid);
    await deliver({
      object: "page",
      entry: [
        {
          id: pageId,
          time: at.getTime(),
          messaging: [referral(before, at, complete), item, userMessage(behind, at, `m_${behind.psid}`, "Hi")],
        },
      ],
    });
    expect(await newestDelivery()).toMatchObject({ state: "opened", eventCount: 3 });
    expect(await leadOf(before)).toMatchObject({ status: "complete" });
    expect(await prisma.message.count({ where: behind })).toBe(1);
    const { id: deliveryId } = await newestDelivery();
    const odds = await prisma.event.findMany({ where: { deliveryId, state: { not: "applied" } } });
    expect(odds).toMatchObject([{ state: "ignored", kind: "unknown", position: 1 }]);
  });

  test("they are shown to those who look after the house, as Meta sent them", async () => {
    const groups = await findOddEvents(await newViewer({ role: "admin" }));
    const hologram = groups.find(({ kind }) => kind === "hologram");
    expect(hologram).toMatchObject({ state: "ignored", count: 1 });
    expect(hologram?.events[0]?.json).toContain('"depth": 3');
  });

  test.each([
    ["a timestamp in words", "yesterday"],
    ["a timestamp that is an object", {}],
    ["a timestamp far ahead", 4102444800000],
    ["a negative timestamp", -1],
    ["no timestamp", undefined],
  ])("%s counts as the time it came", async (_, timestamp) => {
    const thread = newThread();
    const message = { ...userMessage(thread, at, `m_${thread.psid}`, "When?"), timestamp };
    await deliver({ object: "page", entry: [{ id: pageId, messaging: [message] }] });
    const { sentAt, receivedAt } = await prisma.message.findFirstOrThrow({ where: thread });
    expect(Math.abs(sentAt.getTime() - receivedAt.getTime())).toBeLessThan(5 * 60 * 1000);
  });

  test.each([
    ["not JSON", "{"],
    ["null", "null"],
    ["nothing", ""],
    ["bytes of another world", "\u0000\u0001"],
  ])("a body that is %s is kept and counted as unreadable", async (_, body) => {
    await deliver(body);
    expect(await newestDelivery()).toMatchObject({ state: "unreadable", eventCount: 0 });
    expect(Buffer.from((await newestDelivery()).body).toString("utf8")).toBe(body);
  });

  test.each([
    ["a number", "7"],
    ["a list", "[1]"],
    ["no entry", "{}"],
    ["entry as text", '{"entry":"x"}'],
  ])("JSON that is %s is opened, and holds nothing", async (_, body) => {
    await deliver(body);
    expect(await newestDelivery()).toMatchObject({ state: "opened", eventCount: 0 });
  });
});

describe("pages", () => {
  test("two pages in one delivery, one of them unknown: it waits, and is applied once connected", async () => {
    const ours = newThread();
    const theirs = newThread(KITCHEN);
    const items = (thread: typeof ours) => [referral(thread, at, complete), leadHandover(thread, at, true)];
    const body = {
      object: "page",
      entry: [
        { id: KITCHEN, time: at.getTime(), messaging: items(theirs) },
        { id: pageId, time: at.getTime(), messaging: items(ours) },
      ],
    };
    await deliver(body);
    expect(await leadOf(ours)).toMatchObject({ status: "complete" });
    expect(await prisma.lead.count({ where: theirs })).toBe(0);
    const waiting = { pageId: KITCHEN, state: "waiting", stateReason: "page_not_connected" };
    expect(await prisma.event.count({ where: waiting })).toBe(2);
    expect(await applyWaitingEvents()).toBe(0);

    await connectPage({ id: KITCHEN, name: "Nordlicht Küchen", token: "t" });
    expect(await applyWaitingEvents()).toBe(2);
    expect(await prisma.lead.findMany({ where: theirs })).toMatchObject([{ status: "complete" }]);
    expect(await prisma.event.count({ where: waiting })).toBe(0);
    expect(await applyWaitingEvents()).toBe(0);
  });
});
