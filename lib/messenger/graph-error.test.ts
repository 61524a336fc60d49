import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classifyGraphError, type GraphCall } from "./graph-error.ts";
import { graphErrorClasses, graphErrorSteps, graphErrorTable, graphErrorWords } from "./graph-error-table.ts";

const calls: readonly GraphCall[] = ["send", "control", "read"];

function classify(
  code: number | null,
  subcode: number | null,
  call: GraphCall,
  more: { status?: number; isTransient?: boolean } = {},
) {
  return classifyGraphError(
    { status: more.status ?? 400, code, subcode, isTransient: more.isTransient ?? false },
    call,
  );
}

describe("classifyGraphError", () => {
  test.each([
    [10, 2018278, "windowClosed"],
    [10, 2534022, "windowClosed"],
    [10, 2018300, "otherAppControls"],
    [10, 2018321, "questionsRunning"],
    [10, 2018108, "personUnavailable"],
    [10, null, "permissionMissing"],
    [10, 1893063, "pageRestricted"],
    [100, null, "rejected"],
    [100, 1893061, "tagRemoved"],
    [100, 2018001, "personUnknown"],
    [100, 2018164, "targetNotConnected"],
    [190, null, "tokenInvalid"],
    [190, 460, "passwordChanged"],
    [190, 464, "loginNeeded"],
    [200, null, "appNotApproved"],
    [230, null, "permissionMissing"],
    [299, null, "permissionMissing"],
    [613, null, "throttled"],
    [4, 2018354, "tooSoon"],
  ] as const)("%i/%s is said as %s", (code, subcode, word) => {
    for (const call of calls) expect(classify(code, subcode, call).word).toBe(word);
  });

  test("a subcode counts under whatever code it comes", () => {
    expect(classify(200, 2018321, "send")).toMatchObject({ class: "thread", word: "questionsRunning" });
    expect(classify(null, 2018300, "send")).toMatchObject({ class: "thread", word: "otherAppControls" });
    expect(classify(100, 2018171, "control").class).toBe("thread");
  });

  test("an unknown subcode leaves the code to decide", () => {
    expect(classify(190, 999999, "read").class).toBe("auth");
  });

  test.each([
    ["no answer", 0, null, null],
    ["a page of a proxy", 502, null, null],
    ["an unreadable 200", 200, null, null],
    ["unknown error", 500, 1, null],
    ["unknown error with its subcode", 400, 1, 99],
    ["a cut reply", 400, 1, 1357046],
    ["an outage", 503, 2, null],
    ["a temporary send failure", 400, 1200, null],
    ["a code Meta does not list", 400, 4711, null],
    ["a refusal without a code", 400, null, null],
  ] as const)("after %s, a send is unclear and a read or a thread action is not", (_, status, code, subcode) => {
    expect(classify(code, subcode, "send", { status }).class).toBe("unknown_outcome");
    for (const call of ["control", "read"] as const) {
      expect(["transient", "input"]).toContain(classify(code, subcode, call, { status }).class);
    }
  });

  test("what Meta calls transient may be tried again, except a send, and except sooner than a limit allows", () => {
    expect(classify(10, 2018278, "read", { isTransient: true }).class).toBe("transient");
    expect(classify(10, 2018278, "send", { isTransient: true }).class).toBe("unknown_outcome");
    for (const call of calls) expect(classify(4, null, call, { isTransient: true }).class).toBe("throttled");
  });

  test("429 is a limit, whatever stands in its body", () => {
    for (const call of calls) {
      expect(classify(null, null, call, { status: 429 }).class).toBe("throttled");
      expect(classify(4711, null, call, { status: 429, isTransient: true }).class).toBe("throttled");
    }
    expect(classify(1, null, "send", { status: 429 }).class).toBe("unknown_outcome");
  });

  const again = { class: "transient", word: "metaUnavailable", step: "retry", tries: { times: 5, step: "none" } };
  const rejected = { class: "input", word: "rejected", step: "none", tries: null };

  test.each([
    [400, 4711, rejected],
    [499, 4711, rejected],
    [500, 4711, again],
    [399, 4711, again],
    [400, null, again],
    [0, null, again],
  ])("status %i with the code %j, which nobody lists, means to a read", (status, code, meaning) => {
    expect(classify(code, null, "read", { status })).toEqual(meaning);
    expect(classify(code, null, "control", { status })).toEqual(meaning);
  });

  test("what may be tried again says how often, and what then", () => {
    expect(classify(1, null, "read")).toEqual({ ...again, tries: { times: 2, step: "checklist" } });
    expect(classify(2, null, "control")).toEqual({ ...again, tries: { times: 3, step: "none" } });
    expect(classify(1, 1357046, "read")).toEqual(again);
    expect(classify(190, null, "read", { isTransient: true })).toEqual(again);
  });

  test("an unclear send says only that its echo is awaited", () => {
    const unclear = { class: "unknown_outcome", word: "unclear", step: "await_echo", tries: null };
    expect(classify(4711, null, "send")).toEqual(unclear);
    expect(classify(190, null, "send", { isTransient: true })).toEqual(unclear);
    expect(classify(1, 1357046, "send")).toEqual(unclear);
  });

  test("a limit and a refusal say what to do, and are not tried again", () => {
    const limit = { class: "throttled", word: "throttled", step: "pause_page", tries: null };
    expect(classify(null, null, "send", { status: 429 })).toEqual(limit);
    expect(classify(10, 2018278, "send")).toEqual({
      class: "window",
      word: "windowClosed",
      step: "lock_composer",
      tries: null,
    });
  });

  test("a code counts from the first to the last of its row, and a subcode's number as a code too", () => {
    for (const row of graphErrorTable) {
      if (row.code === null || row.subcode !== null || row.upTo === undefined) continue;
      expect(classify(row.code, null, "read").word).toBe(row.word);
      expect(classify(row.upTo, null, "read").word).toBe(row.word);
    }
    expect(classify(300, null, "read").word).toBe("rejected");
    for (const row of graphErrorTable) {
      if (row.code === null && row.subcode !== null) expect(classify(row.subcode, null, "send").word).toBe(row.word);
    }
  });

  test("no send is ever transient, and no other call is ever unclear", () => {
    const codes = fc.option(fc.oneof(fc.integer(), fc.constantFrom(...graphErrorTable.map(({ code }) => code))));
    const subcodes = fc.option(
      fc.oneof(fc.integer(), fc.constantFrom(...graphErrorTable.map(({ subcode }) => subcode))),
    );
    fc.assert(
      fc.property(
        codes,
        subcodes,
        fc.integer({ min: 0, max: 599 }),
        fc.boolean(),
        (code, subcode, status, isTransient) => {
          expect(classify(code, subcode, "send", { status, isTransient }).class).not.toBe("transient");
          expect(classify(code, subcode, "control", { status, isTransient }).class).not.toBe("unknown_outcome");
          expect(classify(code, subcode, "read", { status, isTransient }).class).not.toBe("unknown_outcome");
        },
      ),
    );
  });
});

describe("the table", () => {
  test("lists each pair of codes once, in words that exist", () => {
    const pairs = graphErrorTable.map(({ code, subcode }) => `${code}/${subcode}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(graphErrorTable.every((row) => graphErrorSteps.includes(row.step))).toBe(true);
    const used = new Set(graphErrorTable.map(({ word }) => word));
    expect(graphErrorWords.filter((word) => !used.has(word))).toEqual([]);
    expect(graphErrorTable.every((row) => graphErrorClasses.includes(row.class))).toBe(true);
  });

  test("says one thing per subcode, because subcodes come under codes Meta does not list", () => {
    const subcodes = graphErrorTable.filter(({ subcode }) => subcode !== null);
    const meanings = Map.groupBy(subcodes, ({ subcode }) => subcode);
    for (const rows of meanings.values()) expect(new Set(rows.map((row) => row.class)).size).toBe(1);
  });
});
