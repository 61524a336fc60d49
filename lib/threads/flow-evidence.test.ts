import { describe, expect, test } from "vitest";
import { LEADGEN_APP_ID, PAGE_INBOX_APP_ID } from "#lib/messenger/app-ids.ts";
import { controlEvidence } from "./flow-evidence.ts";
import type { NewControlFact } from "./thread-news.ts";

const OURS = "900";
const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 10, 0, second));
const owner = (second: number, appId: string | null, given: Partial<NewControlFact> = {}): NewControlFact => ({
  key: `k${second}`,
  kind: "owner",
  source: "handover",
  appId,
  at: at(second),
  isLeadHandover: false,
  ...given,
});

describe("control left the questions", () => {
  test.each<[string, NewControlFact[], { at: Date; byLeadHandover: boolean }[]]>([
    [
      "told by a handover that names Leadgen",
      [owner(5, OURS, { fromAppId: LEADGEN_APP_ID, isLeadHandover: true })],
      [{ at: at(5), byLeadHandover: true }],
    ],
    [
      "told by a handover of another kind",
      [owner(5, OURS, { fromAppId: LEADGEN_APP_ID })],
      [{ at: at(5), byLeadHandover: false }],
    ],
    ["not when another app gave it away", [owner(5, OURS, { fromAppId: "12345" })], []],
    ["not when nobody is named", [owner(5, OURS)], []],
    ["not when Leadgen passed it to itself", [owner(5, LEADGEN_APP_ID, { fromAppId: LEADGEN_APP_ID })], []],
    ["not by a request", [owner(5, OURS, { kind: "requested", fromAppId: LEADGEN_APP_ID })], []],
    ["seen in the history, to us", [owner(1, LEADGEN_APP_ID), owner(5, OURS)], [{ at: at(5), byLeadHandover: false }]],
    [
      "seen in the history, to the inbox",
      [owner(1, LEADGEN_APP_ID), owner(5, PAGE_INBOX_APP_ID)],
      [{ at: at(5), byLeadHandover: false }],
    ],
    [
      "seen in the history, to another app",
      [owner(1, LEADGEN_APP_ID), owner(5, "12345")],
      [{ at: at(5), byLeadHandover: false }],
    ],
    [
      "seen in the history, by the lead's handover",
      [owner(1, LEADGEN_APP_ID), owner(5, OURS, { isLeadHandover: true })],
      [{ at: at(5), byLeadHandover: true }],
    ],
    ["not to nobody", [owner(1, LEADGEN_APP_ID), owner(5, null, { kind: "released" })], []],
    ["not from somebody else", [owner(1, "12345"), owner(5, OURS)], []],
  ])("%s", (_, facts, expected) => expect(controlEvidence(facts, OURS).controlLeftLeadgenAt).toEqual(expected));

  test("beside the history itself", () => {
    const facts = [owner(5, OURS), owner(1, LEADGEN_APP_ID)];
    expect(controlEvidence(facts, OURS).controlHistory.map(({ state }) => state)).toEqual(["leadgen", "ours"]);
  });
});
