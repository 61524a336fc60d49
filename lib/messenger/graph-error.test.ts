import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classifyGraphError, type GraphCall } from "./graph-error.ts";
import { graphErrorClasses, graphErrorTable, graphErrorWords } from "./graph-error-table.ts";

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
    [10, 2018278, "window", "windowClosed"],
    [10, 2534022, "window", "windowClosed"],
    [10, 2018300, "thread", "otherAppControls"],
    [10, 2018321, "thread", "questionsRunning"],
    [10, 2018108, "recipient", "personUnavailable"],
    [10, null, "permission", "permissionMissing"],
    [10, 1893063, "policy", "pageRestricted"],
    [100, null, "input", "rejected"],
    [100, 1893061, "input", "tagRemoved"],
    [100, 2018001, "recipient", "personUnknown"],
    [100, 2018164, "input", "targetNotConnected"],
    [190, null, "auth", "tokenInvalid"],
    [190, 460, "auth", "passwordChanged"],
    [190, 464, "auth", "loginNeeded"],
    [200, null, "permission", "appNotApproved"],
    [230, null, "permission", "permissionMissing"],
    [299, null, "permission", "permissionMissing"],
    [368, null, "policy", "pageRestricted"],
    [551, 1545041, "recipient", "personUnavailable"],
    [1545041, null, "recipient", "personUnavailable"],
    [613, null, "throttled", "throttled"],
    [613, 2018338, "policy", "pageRestricted"],
    [80006, null, "throttled", "throttled"],
  ] as const)("%i/%s is %s in every call", (code, subcode, expected, word) => {
    for (const call of calls) expect(classify(code, subcode, call)).toEqual({ class: expected, word });
  });

  test("a subcode counts under whatever code it comes", () => {
    expect(classify(200, 2018321, "send")).toEqual({ class: "thread", word: "questionsRunning" });
    expect(classify(null, 2018300, "send")).toEqual({ class: "thread", word: "otherAppControls" });
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
    for (const call of calls) expect(classify(null, null, call, { status: 429 }).class).toBe("throttled");
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
