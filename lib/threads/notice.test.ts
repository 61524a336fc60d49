import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type NoticeEvent, noticeOf, readNotice, stoppedSince, type ThreadNoticeLine } from "./notice.ts";

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

  test("is the last stop of all topics", () => {
    expect(stoppedSince([optin("stop", 5, "a"), optin("stop", 7, "b"), optin("stop", 6, "c")])).toEqual(at(7));
  });

  test("takes no topic for one of its own, and other lines for none", () => {
    const linked: ThreadNoticeLine = {
      kind: "account_linking",
      key: "z",
      at: at(9),
      data: { isLinked: false },
    };
    expect(stoppedSince([optin("stop", 1, null), optin("resume", 2, "offers"), linked])).toEqual(at(1));
    expect(stoppedSince([optin("stop", 1, null), optin("resume", 2, null)])).toBeNull();
  });

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

describe("what a thread keeps of an event", () => {
  const base = {
    pageId: "1",
    psid: "7",
    at: at(1),
    key: "k",
    position: 0,
    channel: "messaging",
    platform: "page",
  } as const;
  const optIn = { ...base, kind: "optin", action: "stop", topic: "offers", title: "Offers" } as const;
  const answers = [{ id: "q1", type: "csat", payload: "4", followUp: "Quick" }];
  const items = [{ name: "Panel", quantity: "12" }];

  test.each<[NoticeEvent, object]>([
    [
      { ...optIn, expiresAt: at(9) },
      { action: "stop", topic: "offers", title: "Offers", expiresAt: at(9).toISOString() },
    ],
    [
      { ...optIn, expiresAt: null },
      { action: "stop", topic: "offers", title: "Offers", expiresAt: null },
    ],
    [{ ...base, kind: "feedback", answers }, { answers }],
    [
      { ...base, kind: "response_feedback", isGood: false, mid: "m_1" },
      { isGood: false, mid: "m_1" },
    ],
    [{ ...base, kind: "account_linking", isLinked: true }, { isLinked: true }],
    [{ ...base, kind: "form", formId: "5" }, { formId: "5" }],
    [
      { ...base, kind: "order", items, note: "Fast" },
      { items, note: "Fast" },
    ],
    [
      { ...base, kind: "label", name: "hot", isRemoval: true },
      { name: "hot", isRemoval: true },
    ],
  ])("%j", (event, data) => {
    const kept = noticeOf(event);
    expect(kept).toEqual({ kind: event.kind, data });
    // What is written is what is read.
    expect(readNotice({ ...kept, key: "k", at: at(1) })).toEqual({ ...kept, key: "k", at: at(1) });
  });
});
