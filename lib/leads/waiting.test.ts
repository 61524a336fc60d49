import { expect, test } from "vitest";
import { latestOf, waitingSince } from "./waiting.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));
const lead = { at: at(10), status: "complete", isDone: false };

test("a lead waits from its own time until a human of ours answers", () => {
  expect(waitingSince(lead, null, at(5))).toEqual(at(10));
  expect(waitingSince(lead, at(9), null)).toEqual(at(10));
  expect(waitingSince(lead, at(11), null)).toBeNull();
});

test("after our answer it waits from the person's next message", () => {
  expect(waitingSince(lead, at(11), at(12))).toEqual(at(12));
});

test("nobody waits for us while the questions run, or when the lead is done", () => {
  expect(waitingSince({ ...lead, status: "in_progress" }, null, at(5))).toBeNull();
  expect(waitingSince({ ...lead, isDone: true }, null, at(12))).toBeNull();
});

test("the latest of times leaves out what is none", () => {
  expect(latestOf(at(1), null, at(3), at(2))).toEqual(at(3));
});
