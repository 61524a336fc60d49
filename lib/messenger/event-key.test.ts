import { describe, expect, test } from "vitest";
import { eventKey, leadReferralKey, unknownKey } from "./event-key.ts";

describe("eventKey", () => {
  test("says what it is made of", () => {
    expect(eventKey("handover", ["77", "pass", null, "11", "note", new Date(5)])).toBe("handover:77:pass::11:note:5");
  });

  test("keeps parts apart, whatever stands in them", () => {
    const keys = [
      ["a", "b:c"],
      ["a:b", "c"],
      ["a", "b", "c"],
      ["a%3Ab", "c"],
      ["a", "b%3Ac"],
    ].map((parts) => eventKey("x", parts));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("hashes what would not fit into an index, and still tells it apart", () => {
    const one = eventKey("message", ["messaging", "m".repeat(500)]);
    const other = eventKey("message", ["messaging", `${"m".repeat(499)}n`]);
    expect(one).toMatch(/^message:sha256:[0-9a-f]{64}$/);
    expect(one).not.toBe(other);
    expect(eventKey("message", ["messaging", "m".repeat(500)])).toBe(one);
  });
});

describe("leadReferralKey", () => {
  const lead = {
    pageId: "1",
    psid: "2",
    outcome: "complete",
    adId: "3",
    time: new Date(1000),
    answers: [{ question: "q", answer: "a" }],
  };

  test("is the same for the same lead and differs with each thing it says", () => {
    expect(leadReferralKey({ ...lead })).toBe(leadReferralKey(lead));
    const others = [
      { ...lead, pageId: "9" },
      { ...lead, psid: "9" },
      { ...lead, outcome: "incomplete" },
      { ...lead, adId: null },
      { ...lead, time: new Date(2000) },
      { ...lead, time: null },
      { ...lead, answers: [] },
      { ...lead, answers: [{ question: "q", answer: "b" }] },
      { ...lead, answers: [...lead.answers, ...lead.answers] },
    ];
    expect(new Set([lead, ...others].map(leadReferralKey)).size).toBe(others.length + 1);
  });
});

describe("unknownKey", () => {
  test("does not depend on the order of fields, the form of ids or the unit of the time", () => {
    const key = unknownKey("reaction", {
      timestamp: 1795343120,
      sender: { id: 77 },
      reaction: { mid: "m", action: "react" },
    });
    expect(
      unknownKey("reaction", {
        reaction: { action: "react", mid: "m" },
        sender: { id: "77" },
        timestamp: "1795343120000",
      }),
    ).toBe(key);
  });

  test("tells kinds and contents apart, and absent from null", () => {
    const keys = [
      {},
      { a: null },
      { a: [] },
      { a: {} },
      { a: "" },
      { a: [[]] },
      { a: "null" },
      null,
      [],
      [null],
      "",
      true,
    ].map((item) => unknownKey("x", item));
    expect(new Set([...keys, unknownKey("y", {})]).size).toBe(keys.length + 1);
  });
});
