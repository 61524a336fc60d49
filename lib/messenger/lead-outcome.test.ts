import { describe, expect, test } from "vitest";
import { hopContextOutcome, leadOutcome } from "./lead-outcome.ts";

const complete = { app_id: 1122334455667788, metadata: "messenger_lead_gen_complete" };

describe("how the Leadgen app marks an ending", () => {
  test("by two strings, exactly", () => {
    expect(leadOutcome("messenger_lead_gen_complete")).toBe("complete");
    expect(leadOutcome("messenger_lead_gen_incomplete")).toBe("incomplete");
    for (const other of ["", "Messenger_lead_gen_complete", "constructor", "__proto__", null, 5, {}]) {
      expect(leadOutcome(other)).toBeNull();
    }
  });

  test("in a context that is an object or an array", () => {
    expect(hopContextOutcome(complete)).toBe("complete");
    expect(hopContextOutcome([complete])).toBe("complete");
    expect(hopContextOutcome([null, { metadata: "x" }, { metadata: "messenger_lead_gen_incomplete" }])).toBe(
      "incomplete",
    );
    for (const other of [undefined, null, "messenger_lead_gen_complete", [], {}, { metadata: "x" }]) {
      expect(hopContextOutcome(other)).toBeNull();
    }
  });
});
