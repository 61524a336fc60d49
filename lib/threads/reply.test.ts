import { expect, test } from "vitest";
import { mayMove, mayStillLeave, replyStates, statesBefore } from "./reply.ts";

test("exactly these moves exist", () => {
  const moves = replyStates.flatMap((from) =>
    replyStates.filter((to) => mayMove(from, to)).map((to) => `${from} → ${to}`),
  );
  expect(moves).toEqual([
    "queued → sending",
    "queued → failed",
    "queued → unknown",
    "queued → cancelled",
    "sending → queued",
    "sending → sent",
    "sending → failed",
    "sending → unknown",
    "failed → sent",
    "unknown → sent",
    "unknown → failed",
  ]);
});

test("what arrived stays arrived, what was taken back stays taken back", () => {
  expect(replyStates.filter((to) => mayMove("sent", to) || mayMove("cancelled", to))).toEqual([]);
});

test("an unclear reply is never sent again", () => {
  expect(mayMove("unknown", "queued")).toBe(false);
  expect(mayMove("unknown", "sending")).toBe(false);
});

test("the states an echo may settle", () => {
  expect(statesBefore("sent")).toEqual(["sending", "failed", "unknown"]);
  expect(statesBefore("cancelled")).toEqual(["queued"]);
});

test("a reply whose worker slept does not leave any more", () => {
  expect(mayStillLeave(1_000, 1_000)).toBe(true);
  expect(mayStillLeave(1_000, 10_999)).toBe(true);
  expect(mayStillLeave(1_000, 11_000)).toBe(false);
});
