import { describe, expect, test } from "vitest";
import { eventsOf, eventsOfItems } from "./samples/sample-events.ts";

const item = (message_edit: object) =>
  JSON.stringify({ sender: { id: "7" }, recipient: { id: "1" }, timestamp: 1795343120000, message_edit });

describe("edits", () => {
  test("name the message, its new text and which change it is", () => {
    expect(eventsOf("message-edit")).toMatchObject([
      { kind: "edit", mid: "m_UserTextExample01", text: "Can you call me on Friday?", number: 1 },
    ]);
  });

  test("count in numbers and in text alike, and are the same event", () => {
    const [a, b] = eventsOfItems([
      item({ mid: "m", text: "x", num_edit: 2 }),
      item({ mid: "m", text: "x", num_edit: "2" }),
    ]);
    expect(a).toMatchObject({ kind: "edit", number: 2 });
    expect(b?.key).toBe(a?.key);
  });

  test.each([
    { text: "x", num_edit: 1 },
    { mid: "m", text: "x" },
    { mid: "m", text: "x", num_edit: -1 },
  ])("%j is not understood", (edit) => {
    expect(eventsOfItems([item(edit)])).toMatchObject([{ kind: "unknown", what: "message_edit" }]);
  });
});
