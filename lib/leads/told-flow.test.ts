import { describe, expect, test } from "vitest";
import type { AskedFlow } from "./asked-flow.ts";
import { isToldFlow } from "./recovered-lead.ts";
import { after, answersOf, HOURS, handover, recovered, referral, summary } from "./signal-samples.ts";

const whole = answersOf("house Yes");
const answer = (mid: string, minutes: number) => ({
  mid,
  at: after(minutes),
  question: "a?",
  answer: "b",
  isFollowed: false,
  followed: [],
});
const flow: AskedFlow = { answers: [answer("m1", 120), answer("m2", 180)], closing: null };
const isTold = (...signals: Parameters<typeof isToldFlow>[1][number][]) => isToldFlow(flow, signals);

describe("Meta's own answers to a flow", () => {
  test("are a summary, or a referral that has some", () => {
    expect(isTold(summary("s", 200, whole))).toBe(true);
    expect(isTold(referral("r", 200, { answers: whole }))).toBe(true);
    expect(isTold(recovered("x", 200, { answers: whole }))).toBe(true);
    expect(isTold(referral("r", 200))).toBe(false);
    expect(isTold(handover("h", 200))).toBe(false);
    expect(isTold(handover("h", 200), summary("s", 200, whole))).toBe(true);
    expect(isTold()).toBe(false);
  });

  test("come from 15 minutes before its first answer to 72 hours after its last", () => {
    const at = (minutes: number) => isTold(summary("s", minutes, whole));
    expect([120 - 15, 120 - 15.1].map(at)).toEqual([true, false]);
    expect([180 + 72 * HOURS, 180 + 72 * HOURS + 0.1].map(at)).toEqual([true, false]);
  });
});
