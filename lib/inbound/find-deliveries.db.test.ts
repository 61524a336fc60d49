import { beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { readSample } from "#lib/messenger/samples/read-sample.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { newViewer } from "../../prisma/factories.ts";
import { findDeliveries } from "./find-deliveries.ts";
import { findDelivery } from "./find-delivery.ts";
import { delivery, userMessage } from "./item-samples.ts";
import { keepDelivery } from "./keep-delivery.ts";
import { type DeliveryFilter, deliveryPlace } from "./kept-delivery.ts";
import { deliver, KITCHEN, newThread, SOLAR } from "./testing.ts";

const SECRET = "Please call Anna Keller";
const thread = newThread();
const at = new Date();
const timeZone = "UTC";
const today = at.toISOString().slice(0, 10);

let admin: Viewer;
let manager: Viewer;
const idOf: Record<string, string> = {};

const newest = async () =>
  (await prisma.rawDelivery.findFirstOrThrow({ select: { id: true }, orderBy: { id: "desc" } })).id;
async function keep(name: string, body: object | string): Promise<void> {
  await deliver(body);
  idOf[name] = await newest();
}
const nameOf = (id: string) => Object.entries(idOf).find(([, one]) => one === id)?.[0] ?? id;

beforeAll(async () => {
  [admin, manager] = [await newViewer({ role: "admin" }), await newViewer({ role: "manager" })];
  await connectPage({ id: SOLAR, name: "Solar Süd", token: "t" });
  await connectPage({ id: KITCHEN, name: "Nordlicht Küchen", token: "t" });
  await keep("lead", Buffer.from(readSample("lead-complete")).toString());
  await keep("first", delivery(SOLAR, userMessage(thread, at, "m_first", SECRET)));
  await keep("repeat", delivery(SOLAR, userMessage(thread, at, "m_first", SECRET)));
  await keep("odd", delivery(SOLAR, { sender: { id: "1" }, recipient: { id: SOLAR }, timestamp: 1, surprise: SECRET }));
  await keep("kitchen", delivery(KITCHEN, userMessage(newThread(KITCHEN), at, "m_kitchen", "Hi")));
  await keep("unreadable", "Anna Keller");
  await keep("parked", delivery(SOLAR, userMessage(thread, at, "m_parked", "Hi")));
  await prisma.event.updateMany({ where: { key: { contains: "m_parked" } }, data: { state: "parked" } });
  const body = new TextEncoder().encode(JSON.stringify(delivery(SOLAR, userMessage(thread, at, "m_waits", SECRET))));
  idOf.waiting = await keepDelivery(body, { "user-agent": "facebookexternalua" });
});

describe("the deliveries of a day", () => {
  const list = async (only: DeliveryFilter, pageId: string | null = null) => {
    const found = await findDeliveries(admin, { day: today, timeZone, only, pageId, after: null });
    return found?.rows.map(({ id }) => nameOf(id)).toReversed();
  };

  test("are listed by what is asked for", async () => {
    const all = ["lead", "first", "repeat", "odd", "kitchen", "unreadable", "parked", "waiting"];
    expect(await list("all")).toEqual(all);
    expect(await list("unreadable")).toEqual(["unreadable"]);
    expect(await list("waiting")).toEqual(["waiting"]);
    expect(await list("parked")).toEqual(["parked"]);
    expect(await list("ignored")).toEqual(["odd"]);
    expect(await list("all", KITCHEN)).toEqual(["kitchen"]);
    expect(await list("ignored", KITCHEN)).toEqual([]);
    const other = await findDeliveries(admin, { day: "2001-01-01", timeZone, only: "all", pageId: null, after: null });
    expect(other).toEqual({ rows: [], next: null });
  });

  test("come part by part, each once, those of one moment too", async () => {
    const receivedAt = new Date(Date.UTC(2026, 0, 5, 12));
    const rows = Array.from({ length: 120 }, () => ({
      ...{ id: newId(), receivedAt, state: "opened", headers: {} },
      ...{ body: new Uint8Array([0x7b]), sha256: new Uint8Array() },
    }));
    await prisma.rawDelivery.createMany({ data: rows });
    const ids: string[] = [];
    let place: string | null = null;
    do {
      const after = place === null ? null : deliveryPlace.parse(place);
      const part = await findDeliveries(admin, { day: "2026-01-05", timeZone, only: "all", pageId: null, after });
      ids.push(...(part?.rows ?? []).map(({ id }) => id));
      place = part?.next ?? null;
    } while (place !== null);
    expect(ids).toEqual(
      rows
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    );
  });
});

describe("one delivery", () => {
  const see = (name: string, viewer = admin) => findDelivery(viewer, idOf[name] ?? "");

  test("tells what became of its events, and where they are", async () => {
    const { id } = await prisma.lead.findFirstOrThrow({ where: { pageId: SOLAR }, select: { id: true } });
    expect((await see("lead"))?.events).toMatchObject([
      { kind: "lead_referral", fate: "applied", lead: `${SOLAR}.${id}` },
    ]);
    expect(await see("first")).toMatchObject({
      ...{ state: "opened", isWhole: true, attempts: 1, eventCount: 1, duplicateCount: 0, more: 0 },
      events: [{ kind: "message", fate: "applied", pageName: "Solar Süd", broughtBy: null }],
    });
    expect((await see("repeat"))?.events).toMatchObject([{ fate: "duplicate", broughtBy: idOf.first, key: null }]);
    expect((await see("odd"))?.events).toMatchObject([{ kind: "unknown", fate: "ignored", reason: "surprise" }]);
    expect((await see("parked"))?.events).toMatchObject([{ fate: "parked" }]);
    expect(await see("waiting")).toMatchObject({
      ...{ events: [{ fate: "unopened" }], openedAt: null },
      headers: [{ name: "user-agent", value: "facebookexternalua" }],
    });
    expect(await see("unreadable")).toMatchObject({ state: "unreadable", events: [], raw: { text: "Anna Keller" } });
  });

  test("is shown as it came to admins; managers see its shape, and nothing people said", async () => {
    expect((await see("first"))?.raw.text).toContain(SECRET);
    for (const name of Object.keys(idOf)) {
      const seen = await see(name, manager);
      expect(seen).toMatchObject({ hasPeoplesWords: false, mayReplay: false });
      expect(seen?.events.every(({ key }) => key === null)).toBe(true);
      expect(JSON.stringify(seen)).not.toMatch(/Anna|Keller|call|m_first|771900/);
    }
    expect((await see("first", manager))?.raw.text).toContain(`"id": "${SOLAR}"`);
    expect((await see("unreadable", manager))?.raw).toEqual({ form: "hidden", text: "", isCut: false });
  });

  test("notices bytes that were changed, and events that vanished", async () => {
    const id = idOf.kitchen ?? "";
    await prisma.event.deleteMany({ where: { pageId: KITCHEN } });
    expect((await see("kitchen"))?.events).toMatchObject([{ fate: "missing" }]);
    await prisma.rawDelivery.update({ where: { id }, data: { body: new TextEncoder().encode("{}") } });
    expect(await see("kitchen")).toMatchObject({ isWhole: false });
  });

  test("of 16 MiB shows its beginning", async () => {
    const text = "x".repeat(15 * 1024 * 1024);
    const body = new TextEncoder().encode(JSON.stringify(delivery(SOLAR, userMessage(thread, at, "m_huge", text))));
    const id = await keepDelivery(body, {});
    const seen = await findDelivery(admin, id);
    expect(seen?.raw).toMatchObject({ form: "json", isCut: true });
    expect(seen?.raw.text.length).toBeLessThan(300_000);
    expect(seen).toMatchObject({ bytes: body.byteLength, isWhole: true, events: [] });
  });

  test("is not there for others, as if it were not there at all", async () => {
    const strangers = [
      await newViewer({ role: "agent" }),
      await newViewer({ role: "manager", pageIds: [SOLAR] }),
      await newViewer({ role: "admin", pageIds: [SOLAR] }),
    ];
    for (const viewer of strangers) {
      expect(await see("first", viewer)).toBeNull();
      expect(await findDelivery(viewer, newId())).toBeNull();
      const wish = { day: today, timeZone, only: "all", pageId: null, after: null } as const;
      expect(await findDeliveries(viewer, wish)).toBeNull();
    }
    expect(await findDelivery(admin, newId())).toBeNull();
  });
});
