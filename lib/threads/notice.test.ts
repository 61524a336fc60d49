import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readNotice, stoppedSince, type ThreadNoticeLine } from "./notice.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));

function optin(
  action: "opt_in" | "stop" | "resume",
  minute: number,
  topic: string | null = "offers",
): ThreadNoticeLine {
  const data = { action, topic, title: null, expiresAt: null };
  return { kind: "optin", key: `optin:${topic}:${action}:${minute}`, at: at(minute), data };
}

describe("stoppedSince", () => {
  test.each<[string, ThreadNoticeLine[], Date | null]>([
    ["nothing was said", [], null],
    ["only allowed", [optin("opt_in", 1)], null],
    ["stopped", [optin("opt_in", 1), optin("stop", 2)], at(2)],
    ["resumed", [optin("stop", 1), optin("resume", 2)], null],
    ["allowed anew", [optin("stop", 1), optin("opt_in", 2)], null],
    ["stopped on one topic, resumed on another", [optin("stop", 1, "a"), optin("resume", 2, "b")], at(1)],
    ["stopped without a topic", [optin("stop", 3, null)], at(3)],
  ])("%s", (_, lines, expected) => expect(stoppedSince(lines)).toEqual(expected));

  test("does not depend on the order of arrival", () => {
    const lines = [
      optin("stop", 1),
      optin("resume", 2),
      optin("stop", 2),
      optin("stop", 4, "b"),
      optin("opt_in", 3, "b"),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
        expect(stoppedSince(shuffled)).toEqual(stoppedSince(lines));
      }),
    );
  });
});

test("what a newer version wrote is left out, not shown wrongly", () => {
  const row = { key: "k", at: at(1) };
  expect(readNotice({ ...row, kind: "hologram", data: {} })).toBeNull();
  expect(readNotice({ ...row, kind: "form", data: {} })).toBeNull();
  expect(readNotice({ ...row, kind: "form", data: { formId: "1" } })).toEqual({
    ...row,
    kind: "form",
    data: { formId: "1" },
  });
});
