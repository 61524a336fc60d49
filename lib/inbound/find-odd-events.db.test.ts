import { beforeAll, expect, test } from "vitest";
import { newViewer } from "../../prisma/factories.ts";
import { findOddEvents } from "./find-odd-events.ts";
import { deliver, KITCHEN, SOLAR } from "./testing.ts";

const odd = (kind: string) => ({ sender: { id: "7" }, recipient: { id: SOLAR }, [kind]: { secret: "Anna" } });

beforeAll(async () => {
  await deliver({
    object: "page",
    entry: [
      { id: SOLAR, messaging: [odd("hologram"), odd("hologram2"), odd("hologram2")] },
      { id: KITCHEN, messaging: [{ sender: { id: "8" }, recipient: { id: KITCHEN }, teleport: {} }] },
    ],
  });
});

test("an agent answers leads and does not see what Meta sent raw", async () => {
  expect(await findOddEvents(await newViewer({ role: "agent" }))).toEqual([]);
});

test("a manager sees that of their own pages", async () => {
  const seen = async (pageIds: string[] | null) =>
    (await findOddEvents(await newViewer({ role: "manager", pageIds }))).map(({ kind }) => kind).sort();
  expect(await seen(null)).toEqual(["hologram", "hologram2", "teleport"]);
  expect(await seen([KITCHEN])).toEqual(["teleport"]);
  expect(await seen([])).toEqual([]);
});

test("what hides or turns a line around is seen, and says the same", async () => {
  const text = "a\u202eb\u{e0041}\u200b";
  await deliver({ object: "page", entry: [{ id: SOLAR, messaging: [{ ...odd("turned"), text }] }] });
  const groups = await findOddEvents(await newViewer({ role: "admin" }));
  const json = groups.find(({ kind }) => kind === "turned")?.events[0]?.json ?? "";
  expect(json).toContain(String.raw`a\u202eb\udb40\udc41\u200b`);
  expect(JSON.parse(json)).toMatchObject({ text });
});

test("of very many kinds the most frequent are shown", async () => {
  const kinds = Array.from({ length: 150 }, (_, i) => `kind${i}`);
  const twice = kinds.slice(100).map((kind) => ({ ...odd(kind), timestamp: 1_795_000_000_000 }));
  await deliver({ object: "page", entry: [{ id: SOLAR, messaging: [...kinds.map(odd), ...twice] }] });
  const groups = await findOddEvents(await newViewer({ role: "admin" }));
  expect(groups).toHaveLength(100);
  expect(groups.filter(({ count }) => count === 2)).toHaveLength(50);
  expect(groups.every(({ events }) => events.every(({ json }) => json.length > 2))).toBe(true);
});

test("of a delivery of many megabytes its events are counted and none is shown", async () => {
  const entry = { id: SOLAR, messaging: [odd("heavy"), { ...odd("heavy"), padding: "x".repeat(1024 * 1024) }] };
  await deliver({ object: "page", entry: [entry] });
  const groups = await findOddEvents(await newViewer({ role: "admin" }));
  expect(groups.find(({ kind }) => kind === "heavy")).toMatchObject({ count: 2, events: [{ json: "" }, { json: "" }] });
});
