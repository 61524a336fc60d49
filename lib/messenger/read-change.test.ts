import { describe, expect, test } from "vitest";
import { readWebhook } from "./read-webhook.ts";
import { eventsOf, RECEIVED } from "./samples/sample-events.ts";

const PAGE = "104411223344556";
const KIM = "7719004412345678";

describe("changes", () => {
  test("labels come and go, at the time of their entry", () => {
    expect(eventsOf("label-added")).toMatchObject([
      {
        kind: "label",
        psid: KIM,
        pageId: PAGE,
        name: "Lead Disqualified",
        isRemoval: false,
        at: new Date(1795343400_000),
        channel: "changes",
      },
    ]);
    expect(eventsOf("label-removed")).toMatchObject([{ kind: "label", isRemoval: true }]);
  });

  test("the same label may be put on again later", () => {
    const [first] = eventsOf("label-added");
    const [later] = eventsOf("label-added-again");
    expect(first?.key).not.toBe(later?.key);
  });

  test("a postback wrapped into a change is a postback", () => {
    expect(eventsOf("wrapped-postback")).toMatchObject([
      { kind: "postback", mid: "m_PostbackExample08", channel: "changes", at: new Date(1795343100_000) },
    ]);
  });

  const read = (...changes: unknown[]) =>
    readWebhook(Buffer.from(JSON.stringify({ object: "page", entry: [{ id: "1", changes }] })), RECEIVED)?.events;
  const label = (action: unknown, more: object = {}) => ({
    field: "inbox_labels",
    value: { user: { id: "7" }, action, label: { id: "5", page_label_name: "hot" }, ...more },
  });

  test.each([
    ["add", false],
    [null, false],
    [5, false],
    ["remove", true],
    ["REMOVED", true],
    ["delete_label", true],
  ])("the action %j takes a label off: %s", (action, isRemoval) => {
    expect(read(label(action))).toMatchObject([{ kind: "label", psid: "7", name: "hot", isRemoval, at: RECEIVED }]);
  });

  test("a label is known by its id, and by its name where it has none", () => {
    expect(read(label("add"))).toMatchObject([{ key: "label:7:5:add:" }]);
    expect(read(label("add", { label: { page_label_name: "hot" } }))).toMatchObject([{ key: "label:7:hot:add:" }]);
  });

  test("a label of nobody, or without a name, is kept as unknown, with whom it names", () => {
    expect(
      read(label("add", { user: {} }), label("add", { label: { id: "5" } }), label("add", { label: null })),
    ).toMatchObject([
      { kind: "unknown", what: "inbox_labels", psid: null },
      { kind: "unknown", what: "inbox_labels", psid: "7" },
      { kind: "unknown", what: "inbox_labels", psid: null },
    ]);
  });

  test("an item named standby is beside us, whichever of the two it names", () => {
    const item = { sender: { id: "7" }, recipient: { id: "1" }, message: { mid: "m", text: "Hi" } };
    expect(read({ field: "standby", value: item }, { field: "messages", value: item })).toMatchObject([
      { kind: "message", channel: "standby" },
      { kind: "message", channel: "changes" },
    ]);
    const policy = { recipient: { id: "1" }, policy_enforcement: { action: "block" } };
    expect(read({ field: "x", value: policy })).toMatchObject([{ kind: "policy", channel: "changes" }]);
    expect(read({ field: "x", value: { sender: { id: "7" }, message: item.message } })).toMatchObject([
      { kind: "message" },
    ]);
  });

  test("what no reader knows is kept under its field", () => {
    const changes = [
      { field: "feed", value: 1 },
      { value: {} },
      "x",
      { field: "leadgen", value: "x" },
      { field: "leadgen", value: {} },
    ];
    expect(read(...changes)?.map((event) => (event.kind === "unknown" ? event.what : event.kind))).toEqual([
      "feed",
      "change",
      "change",
      "leadgen",
      "leadgen",
    ]);
  });
});
