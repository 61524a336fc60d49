import { expect, test } from "vitest";
import { controlStates } from "./control.ts";
import { controlActionKinds, controlOffers, isOffered } from "./control-actions.ts";

test("what we hold can be passed on or released, not taken", () => {
  expect(controlOffers("ours").map(({ kind }) => kind)).toEqual(["pass_page_inbox", "release"]);
});

test.each(["page_inbox", "other_app"] as const)("from %s control can be taken or asked for", (state) => {
  expect(controlOffers(state).map(({ kind }) => kind)).toEqual(["take", "request"]);
});

test("taking over while questions run says that it ends them", () => {
  expect(controlOffers("leadgen")).toEqual([{ kind: "take", consequence: "take_ends_questions" }]);
});

test("only an owner may release", () => {
  expect(controlStates.filter((state) => isOffered("release", state))).toEqual(["ours"]);
});

test("no state is a dead end, and no state offers a step twice", () => {
  for (const state of controlStates) {
    const kinds = controlOffers(state).map(({ kind }) => kind);
    expect(kinds.length).toBeGreaterThan(0);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(controlActionKinds.filter((kind) => isOffered(kind, state)).toSorted()).toEqual(kinds.toSorted());
  }
});
