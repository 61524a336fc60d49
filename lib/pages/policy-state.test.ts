import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { policyState } from "./policy-state.ts";

const word = (action: string, minute: number) => ({
  action,
  reason: null,
  at: new Date(Date.UTC(2026, 10, 22, 10, minute)),
  key: `policy:${minute}`,
});
const warning = word("warning", 1);
const block = word("block", 2);
const unblock = word("unblock", 3);

describe("policyState", () => {
  test.each([
    ["nothing", [], { warned: null, restricted: null }],
    ["a warning", [warning], { warned: warning, restricted: null }],
    ["a block after it", [warning, block], { warned: null, restricted: block }],
    ["lifted", [warning, block, unblock], { warned: null, restricted: null }],
    ["a warning after a block", [block, word("warning", 4)], { warned: word("warning", 4), restricted: block }],
    ["an unblock alone", [unblock], { warned: null, restricted: null }],
  ])("%s", (_, words, expected) => expect(policyState(words)).toEqual(expected));

  test("of two words of one moment the greater key is the newer", () => {
    const [a, b] = [
      { ...block, key: "a" },
      { ...unblock, at: block.at, key: "b" },
    ];
    expect(policyState([a, b])).toEqual({ warned: null, restricted: null });
    expect(policyState([b, a])).toEqual({ warned: null, restricted: null });
    expect(policyState([{ ...a, key: "c" }, b])).toMatchObject({ restricted: { key: "c" } });
  });

  test("does not depend on the order of arrival", () => {
    const words = [warning, block, unblock, word("block", 4), word("warning", 5)];
    fc.assert(
      fc.property(fc.shuffledSubarray(words, { minLength: words.length }), (shuffled) => {
        expect(policyState(shuffled)).toEqual(policyState(words));
      }),
    );
  });
});
