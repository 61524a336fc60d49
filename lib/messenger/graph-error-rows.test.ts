import { describe, expect, test } from "vitest";
import { classifyGraphError } from "./graph-error.ts";
import type { GraphErrorClass, GraphErrorStep } from "./graph-error-table.ts";

/**
 * Meta's list of errors, written down a second time from its pages and not from our table, with what each must mean.
 * A number of Meta's that came without saying whether it is a code or a subcode is asked for as both.
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes
 */
type Row = [code: number | null, subcode: number | null, meaning: GraphErrorClass, step: GraphErrorStep];

const settled: Row[] = [
  [1, 2018382, "input", "none"],
  [2, 2018344, "permission", "checklist"],
  [3, null, "permission", "checklist"],
  [4, null, "throttled", "pause_page"],
  [4, 2018022, "throttled", "pause_page"],
  [4, 2018354, "throttled", "wait"],
  [9, 2018352, "throttled", "wait"],
  [10, null, "permission", "checklist"],
  [10, 2018278, "window", "lock_composer"],
  [10, 2018065, "window", "lock_composer"],
  [10, 2534022, "window", "lock_composer"],
  [10, 2018108, "recipient", "mark_unreachable"],
  [10, 2018300, "thread", "offer_control"],
  [10, 2018321, "thread", "await_questions"],
  [null, 2018300, "thread", "offer_control"],
  [null, 2018321, "thread", "await_questions"],
  [10, 1893063, "policy", "page_banner"],
  [10, 1404170, "policy", "page_banner"],
  [10, 1893015, "recipient", "none"],
  [10, 2534077, "auth", "reconnect"],
  [17, null, "throttled", "pause_page"],
  [32, null, "throttled", "pause_page"],
  [100, 33, "input", "none"],
  [100, null, "input", "none"],
  [100, 1893061, "input", "none"],
  [100, 2018001, "recipient", "mark_unreachable"],
  [100, 2018008, "input", "none"],
  [100, 2018014, "input", "none"],
  [100, 2018047, "input", "none"],
  [100, 2018074, "input", "upload_again"],
  [100, 2018109, "input", "none"],
  [100, 2018164, "input", "none"],
  [100, 2018234, "thread", "offer_control"],
  [100, 2018294, "input", "none"],
  [100, 2534013, "permission", "reconnect"],
  [100, 2534014, "recipient", "mark_unreachable"],
  [100, 2534015, "input", "none"],
  [100, 2534025, "input", "none"],
  [100, 2534029, "policy", "page_banner"],
  [100, 2534037, "thread", "offer_control"],
  [102, null, "auth", "reconnect"],
  [190, null, "auth", "reconnect"],
  [190, 458, "auth", "reconnect"],
  [190, 459, "auth", "reconnect"],
  [190, 464, "auth", "reconnect"],
  [190, 460, "auth", "reconnect"],
  [190, 463, "auth", "reconnect"],
  [190, 467, "auth", "reconnect"],
  [190, 492, "auth", "reconnect"],
  [200, null, "permission", "checklist"],
  [200, 2018028, "permission", "checklist"],
  [200, 1545041, "recipient", "mark_unreachable"],
  [200, 2018021, "input", "none"],
  [200, 2018027, "input", "none"],
  [200, 2534041, "permission", "checklist"],
  [201, null, "permission", "checklist"],
  [272, null, "permission", "checklist"],
  [299, null, "permission", "checklist"],
  [230, null, "permission", "reconnect"],
  [341, null, "throttled", "pause_page"],
  [368, null, "policy", "page_banner"],
  [551, null, "recipient", "mark_unreachable"],
  [551, 1545041, "recipient", "mark_unreachable"],
  [613, null, "throttled", "pause_page"],
  [613, 2534040, "throttled", "pause_page"],
  [613, 2018338, "policy", "page_banner"],
  [613, 1893016, "throttled", "wait"],
  [1545041, null, "recipient", "mark_unreachable"],
  [null, 2018171, "thread", "offer_control"],
  [2018171, null, "thread", "offer_control"],
  [null, 2018218, "input", "none"],
  [2018218, null, "input", "none"],
  [null, 2018247, "input", "none"],
  [2018247, null, "input", "none"],
  [2022, null, "policy", "page_banner"],
  [10303, null, "input", "none"],
  [10900, null, "input", "none"],
  [10903, null, "input", "none"],
  [10904, null, "input", "none"],
  [36103, null, "permission", "checklist"],
  ...[80_001, 80_002, 80_006, 80_007].map((code): Row => [code, null, "throttled", "pause_page"]),
  ...[80_000, 80_003, 80_004, 80_005, 80_008, 80_009, 80_014].map((code): Row => [code, null, "throttled", "wait"]),
  [9000001, null, "input", "none"],
  [null, 2534122, "policy", "page_banner"],
];

/** After these nobody knows whether a message left. Everything else may ask again, so often, and then do this. */
const unclear: [code: number, subcode: number | null, times: number, step: GraphErrorStep][] = [
  [1, null, 2, "checklist"],
  [1, 99, 2, "checklist"],
  [1, 1357046, 5, "none"],
  [2, null, 3, "none"],
  [960, null, 5, "none"],
  [1200, null, 5, "none"],
];

const facts = (code: number | null, subcode: number | null) => ({ status: 400, code, subcode, isTransient: false });

describe("Meta's errors", () => {
  test.each(settled)("%s/%s is %s for every call, and leads to %s", (code, subcode, meaning, step) => {
    for (const call of ["send", "control", "read"] as const) {
      expect(classifyGraphError(facts(code, subcode), call)).toMatchObject({ class: meaning, step, tries: null });
    }
  });

  test.each(unclear)("%s/%s leaves a send unclear, and lets the rest try %i times", (code, subcode, times, step) => {
    expect(classifyGraphError(facts(code, subcode), "send")).toMatchObject({
      class: "unknown_outcome",
      step: "await_echo",
      tries: null,
    });
    for (const call of ["control", "read"] as const) {
      expect(classifyGraphError(facts(code, subcode), call)).toMatchObject({
        class: "transient",
        step: "retry",
        tries: { times, step },
      });
    }
  });
});
