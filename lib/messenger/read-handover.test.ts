import { describe, expect, test } from "vitest";
import { eventsOf, eventsOfItems } from "./samples/sample-events.ts";

const OUR_APP = "1122334455667788";

describe("handovers", () => {
  test.each([
    [
      "lead-handover",
      { op: "pass", from: "413038776280800", to: OUR_APP, lead: "complete", metadata: "messenger_lead_gen_complete" },
    ],
    ["lead-handover-incomplete", { op: "pass", lead: "incomplete" }],
    ["lead-handover-context-in-item", { op: "pass", lead: "complete", metadata: null }],
    ["handover-take", { op: "take", from: OUR_APP, to: "263902037430900", metadata: "", lead: null }],
    ["handover-take-old", { op: "take", from: OUR_APP, to: null, lead: null }],
    [
      "handover-request",
      { op: "request", from: null, to: "2233445566778899", metadata: "agent wants to call", lead: null },
    ],
    ["handover-from-idle", { op: "pass", from: null, to: OUR_APP, metadata: "back to you", lead: null }],
    ["instagram-handover", { op: "pass", from: "1217981644879628", to: OUR_APP, platform: "instagram", lead: null }],
  ] as const)("%s", (name, expected) => {
    expect(eventsOf(name)).toMatchObject([{ kind: "handover", ...expected }]);
  });

  test("handovers of the same moment differ by their metadata", () => {
    const keys = [...eventsOf("lead-handover"), ...eventsOf("lead-handover-incomplete")].map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
  });

  test("a context on the entry does not turn another app's handover into a lead's", () => {
    const passed =
      '{"sender":{"id":"7"},"recipient":{"id":"1"},"pass_thread_control":{"previous_owner_app_id":9,"new_owner_app_id":5}}';
    const events = eventsOfItems([passed], '"hop_context":{"metadata":"messenger_lead_gen_complete"},');
    expect(events).toMatchObject([{ kind: "handover", from: "9", lead: null }]);
  });

  test("only a pass ends a lead's questions", () => {
    const handover = (op: string) =>
      `{"sender":{"id":"7"},"recipient":{"id":"1"},"${op}_thread_control":{"metadata":"messenger_lead_gen_complete"}}`;
    expect(eventsOfItems(["pass", "take", "request"].map(handover))).toMatchObject([
      { op: "pass", lead: "complete" },
      { op: "take", lead: null },
      { op: "request", lead: null },
    ]);
  });
});
