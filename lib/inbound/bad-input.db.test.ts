import { beforeAll, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { getLead } from "#lib/leads/get-lead.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { newViewer } from "../../prisma/factories.ts";
import { applyWaitingEvents } from "./apply-waiting-events.ts";
import { findOddEvents } from "./find-odd-events.ts";
import { delivery, leadHandover, referral, userMessage } from "./item-samples.ts";
import { deliver, KITCHEN, SOLAR as pageId } from "./testing.ts";

const at = new Date(Date.UTC(2026, 10, 20, 10));
let people = 0;
function newThread(page = pageId) {
  people += 1;
  return { pageId: page, psid: `77190066000${1000 + people}` };
}

beforeAll(() => connectPage({ id: pageId, name: "Solar Süd", token: "t" }));

const newestDelivery = () => prisma.rawDelivery.findFirstOrThrow({ orderBy: [{ receivedAt: "desc" }, { id: "desc" }] });
const leadOf = (thread: { pageId: string; psid: string }) =>
  prisma.lead.findFirstOrThrow({ where: thread, include: { answers: { orderBy: { position: "asc" } } } });
const complete = (answers: { question: string; answer: string }[] = []) => ({
  isComplete: true,
  adId: "120231004567890101",
  answers,
});

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
          time: at.getTime() + people,
          messaging: [referral(before, at, complete()), item, userMessage(behind, at, `m_${behind.psid}`, "Hi")],
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
    ["nothing", ""],
    ["bytes of another world", "\u0000\u0001"],
  ])("a body that is %s is kept and counted as unreadable", async (_, body) => {
    await deliver(body);
    expect(await newestDelivery()).toMatchObject({ state: "unreadable", eventCount: 0 });
    expect(Buffer.from((await newestDelivery()).body).toString("utf8")).toBe(body);
  });

  test.each([
    ["null", "null"],
    ["a number", "7"],
    ["a list", "[1]"],
    ["no entry", "{}"],
    ["entry as text", '{"entry":"x"}'],
  ])("JSON that is %s is opened, and holds nothing", async (_, body) => {
    await deliver(body);
    const { state } = await newestDelivery();
    expect(["opened", "unreadable"]).toContain(state);
  });
});

describe("odd leads", () => {
  test("without answers", async () => {
    const thread = newThread();
    const { lead: _, ...bare }: Record<string, unknown> = { ...referral(thread, at, complete()) };
    await deliver(delivery(pageId, bare));
    expect(await leadOf(thread)).toMatchObject({ status: "complete", answers: [] });
  });

  test("with the same question twice", async () => {
    const thread = newThread();
    const answers = [
      { question: "Phone?", answer: "+49 711 1234567" },
      { question: "Phone?", answer: "+49 171 7654321" },
    ];
    await deliver(delivery(pageId, referral(thread, at, complete(answers))));
    expect((await leadOf(thread)).answers).toMatchObject(answers);
  });

  test("with NUL, lone surrogates and ten thousand characters: stored, shown and found", async () => {
    const thread = newThread();
    const long = "ä".repeat(10_000);
    const body = JSON.stringify(
      delivery(
        pageId,
        referral(
          thread,
          at,
          complete([
            { question: "NUL?", answer: "a#b" },
            { question: "Half a face?", answer: "c%d" },
            { question: "Long?", answer: long },
          ]),
        ),
      ),
    )
      .replace("a#b", "a\\u0000b")
      .replace("c%d", "c\\ud83dd");
    await deliver(body);
    const { id, answers } = await leadOf(thread);
    expect(answers.map(({ answer }) => answer)).toEqual(["a␀b", "c\ufffdd", long]);
    const shown = await getLead({ pageId, id }, await newViewer());
    expect(shown).toMatchObject({ answers: [{ answer: "a␀b" }, { answer: "c\ufffdd" }, { answer: long }] });
  });

  test("with answers that are no text", async () => {
    const thread = newThread();
    const item = {
      ...referral(thread, at, complete()),
      lead: { data: [{ question: "Many?", answer: 3 }, "x", { question: "And?" }] },
    };
    await deliver(delivery(pageId, item));
    expect(await leadOf(thread)).toMatchObject({ status: "complete" });
  });

  test("ids above 2^53 as numbers keep every digit", async () => {
    const [psid, page, ad] = ["9007199254740993123", pageId, "120231004567890109"];
    const json = JSON.stringify({
      object: "page",
      entry: [
        {
          id: "PAGE",
          time: at.getTime(),
          messaging: [
            {
              sender: { id: "PSID" },
              recipient: { id: "PAGE" },
              timestamp: at.getTime() / 1000,
              referral: { source: "ADS", type: "LEAD_COMPLETE", ad_id: "AD" },
              lead: { data: [] },
            },
          ],
        },
      ],
    });
    await deliver(json.replaceAll('"PSID"', psid).replaceAll('"PAGE"', page).replaceAll('"AD"', ad));
    expect(await leadOf({ pageId, psid })).toMatchObject({ psid, adId: ad, at });
  });

  test.each([
    ["seconds", at.getTime() / 1000],
    ["milliseconds", at.getTime()],
    ["a text of seconds", `${at.getTime() / 1000}`],
  ])("a time in %s is the same time", async (_, timestamp) => {
    const thread = newThread();
    await deliver(delivery(pageId, { ...referral(thread, at, complete()), timestamp }));
    expect((await leadOf(thread)).at).toEqual(at);
  });
});

describe("pages", () => {
  test("two pages in one delivery, one of them unknown: it waits, and is applied once connected", async () => {
    const ours = newThread();
    const theirs = newThread(KITCHEN);
    const items = (thread: typeof ours) => [referral(thread, at, complete()), leadHandover(thread, at, true)];
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

describe("repeats and failures", () => {
  test("a delivery twice changes nothing", async () => {
    const thread = newThread();
    const body = delivery(
      pageId,
      referral(thread, at, complete([{ question: "Q", answer: "A" }])),
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

  test("an event that fails is parked with its reason, its neighbours are applied, and a repeat heals it", async () => {
    const thread = newThread();
    const neighbour = newThread();
    // A database that cannot take this one row, as a full or broken index would not.
    await prisma.$executeRaw`
      CREATE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.text = 'poison' THEN RAISE EXCEPTION 'not this one'; END IF; RETURN NEW; END $$`;
    await prisma.$executeRaw`CREATE TRIGGER refuse_poison BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION refuse_poison()`;
    const body = delivery(
      pageId,
      userMessage(thread, at, `m_1_${thread.psid}`, "before"),
      userMessage(thread, at, `m_2_${thread.psid}`, "poison"),
      referral(thread, at, complete()),
      userMessage(neighbour, at, `m_${neighbour.psid}`, "neighbour"),
    );
    await deliver(body);
    expect(await newestDelivery()).toMatchObject({ state: "opened", eventCount: 4 });
    expect(await prisma.event.findMany({ where: { ...thread, state: "parked" } })).toMatchObject([{ kind: "message" }]);
    const [parked] = await prisma.event.findMany({ where: { ...thread, state: "parked" } });
    expect(parked?.stateReason).toBeTruthy();
    expect(parked?.stateReason).not.toContain("poison");
    expect(await leadOf(thread)).toMatchObject({ status: "complete" });
    expect(await prisma.message.findMany({ where: thread })).toMatchObject([{ text: "before" }]);
    expect(await prisma.message.count({ where: neighbour })).toBe(1);

    await prisma.$executeRaw`DROP TRIGGER refuse_poison ON message`;
    await deliver(body);
    expect(await prisma.event.count({ where: { ...thread, state: "parked" } })).toBe(0);
    expect((await prisma.message.findMany({ where: thread })).map(({ text }) => text).sort()).toEqual([
      "before",
      "poison",
    ]);
    expect(await prisma.lead.count({ where: thread })).toBe(1);
  });
});
