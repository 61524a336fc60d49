import { describe, expect, test } from "vitest";
import { eventsOf, eventsOfItems } from "./samples/sample-events.ts";

const item = (reaction: object) =>
  JSON.stringify({ sender: { id: "7" }, recipient: { id: "1" }, timestamp: 1795343120000, reaction });

describe("reactions", () => {
  test("are put on a message and taken back", () => {
    expect(eventsOf("reaction")).toMatchObject([
      { kind: "reaction", mid: "m_EchoExample03", emoji: "❤️", isRemoval: false, psid: "7719004412345678" },
    ]);
    expect(eventsOf("reaction-taken-back")).toMatchObject([{ kind: "reaction", emoji: null, isRemoval: true }]);
  });

  test.each([
    [{ mid: "m", action: "react", reaction: "wow" }, "😮"],
    [{ mid: "m", action: "react", reaction: "other", emoji: "🦔" }, "🦔"],
    [{ mid: "m", action: "react", reaction: "constructor" }, "👍"],
    [{ mid: "m", action: "react" }, "👍"],
  ])("%j shows %s", (reaction, emoji) => {
    expect(eventsOfItems([item(reaction)])).toMatchObject([{ kind: "reaction", emoji }]);
  });

  test("on nothing are not understood", () => {
    expect(eventsOfItems([item({ action: "react", emoji: "👍" })])).toMatchObject([
      { kind: "unknown", what: "reaction" },
    ]);
  });

  test("put on, taken back and put on again are three events", () => {
    const at = (timestamp: number, action: string) =>
      JSON.stringify({ sender: { id: "7" }, recipient: { id: "1" }, timestamp, reaction: { mid: "m", action } });
    const events = eventsOfItems([
      at(1795343120000, "react"),
      at(1795343121000, "unreact"),
      at(1795343122000, "react"),
    ]);
    expect(new Set(events.map(({ key }) => key)).size).toBe(3);
  });
});
