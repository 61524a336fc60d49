import { expect, test } from "vitest";
import { historyBody } from "#lib/messenger/read-history.ts";
import { readDelivery } from "./read-delivery.ts";

const receivedAt = new Date("2026-11-22T12:00:00Z");
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const kinds = (source: string, body: Uint8Array) =>
  readDelivery({ source, body, receivedAt })?.map(({ kind }) => kind) ?? null;

const history = historyBody({
  pageId: "1",
  psid: "7",
  platform: "page",
  askedAt: receivedAt.toISOString(),
  conversationId: "t_1",
  name: "Mia",
  isOurs: null,
  isRead: true,
  messages: [],
  labels: null,
  owner: null,
});
const webhook = bytes({
  object: "page",
  entry: [
    { id: "1", messaging: [{ sender: { id: "7" }, recipient: { id: "1" }, timestamp: 1, message: { mid: "m" } }] },
  ],
});

test("kept bytes are read as what they are by where they came from", () => {
  expect(kinds("webhook", webhook)).toEqual(["message"]);
  expect(kinds("history", history)).toEqual(["conversation"]);
});

test("a form's missed submission is kept as a webhook among what was asked for", () => {
  const leadgen = {
    field: "leadgen",
    value: { leadgen_id: "9", page_id: "1", form_id: "5", created_time: 1795341598 },
  };
  expect(kinds("history", bytes({ object: "page", entry: [{ id: "1", time: 1, changes: [leadgen] }] }))).toEqual([
    "leadgen",
  ]);
});

test("nobody but us may send a history", () => expect(kinds("webhook", history)).toEqual([]));

test.each(["webhook", "history"])("what is no JSON cannot be read at all (%s)", (source) => {
  expect(kinds(source, new TextEncoder().encode("{"))).toBeNull();
});
