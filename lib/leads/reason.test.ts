import { describe, expect, test } from "vitest";
import { foldSignals, type Run } from "./fold.ts";
import { incompleteReason, type ReasonEvidence } from "./reason.ts";
import { after, answersOf, HOURS, handover, referral, SECONDS } from "./signal-samples.ts";

const incomplete = { outcome: "incomplete", answers: answersOf("house Yes") } as const;
const silence: ReasonEvidence = {
  label: null,
  controlLeftLeadgenAt: [],
  sendsAcceptedAt: [],
  userMessages: [],
  disqualifyingAnswers: [],
  previousRunAt: null,
};

function runOf(hasHandover: boolean): Run {
  const signals = [referral("r", 0, { ...incomplete, answers: answersOf("house Yes") })];
  if (hasHandover) signals.push(handover("h", 0, { outcome: "incomplete" }));
  const [run] = foldSignals(signals);
  if (run === undefined) throw new Error("one run expected");
  return run;
}

const reason = (evidence: Partial<ReasonEvidence>, { hasHandover = false } = {}) =>
  incompleteReason(runOf(hasHandover), { ...silence, ...evidence });

const left = (minutes: number, byLeadHandover = false) => ({
  controlLeftLeadgenAt: [{ at: after(minutes), byLeadHandover }],
});
const wrote = (minutes: number, text: string | null = "Support") => ({ userMessages: [{ at: after(minutes), text }] });

describe("rule 9: Meta's label", () => {
  test("Lead Disqualified means disqualified, Lead Incomplete means abandoned", () => {
    expect(reason({ label: "disqualified" })).toBe("disqualified");
    expect(reason({ label: "incomplete" })).toBe("abandoned");
  });

  test("goes before all else", () => {
    expect(reason({ label: "disqualified", ...left(0), ...wrote(0) })).toBe("disqualified");
  });
});

describe("rule 9: interrupted", () => {
  test("when control left Leadgen for somebody, at most one second after the referral", () => {
    expect(reason(left(-2))).toBe("interrupted");
    expect(reason(left(1 * SECONDS))).toBe("interrupted");
    expect(reason(left(1.1 * SECONDS))).toBe("unknown");
  });

  test("when our send was accepted, at most one second after the referral", () => {
    expect(reason({ sendsAcceptedAt: [after(-1)] })).toBe("interrupted");
    expect(reason({ sendsAcceptedAt: [after(1 * SECONDS)] })).toBe("interrupted");
    expect(reason({ sendsAcceptedAt: [after(1.1 * SECONDS)] })).toBe("unknown");
  });

  test("not by the lead handover itself, nor where there is one", () => {
    expect(reason(left(0, true))).toBe("unknown");
    expect(reason(left(0), { hasHandover: true })).toBe("unknown");
    expect(reason({ sendsAcceptedAt: [after(0)] }, { hasHandover: true })).toBe("unknown");
  });

  test("not by a chat with us before the person tapped the ad", () => {
    expect(reason({ sendsAcceptedAt: [after(-16)] })).toBe("unknown");
  });

  test("not by what ended the run before", () => {
    expect(reason({ ...left(-30), previousRunAt: after(-29) })).toBe("unknown");
    expect(reason({ ...left(-28), previousRunAt: after(-29) })).toBe("interrupted");
  });

  test("goes before stopped", () => {
    expect(reason({ ...left(0), ...wrote(0) })).toBe("interrupted");
  });
});

describe("rule 9: stopped", () => {
  test("by a message up to a minute before the referral that answers nothing", () => {
    expect(reason(wrote(-2 * SECONDS))).toBe("stopped");
    expect(reason(wrote(-1))).toBe("stopped");
    expect(reason(wrote(-61 * SECONDS))).toBe("unknown");
  });

  test("not by one of the answers, nor by a picture", () => {
    expect(reason(wrote(-2 * SECONDS, " Yes "))).toBe("unknown");
    expect(reason(wrote(-2 * SECONDS, null))).toBe("unknown");
  });

  test("not where there is a handover", () => {
    expect(reason(wrote(-2 * SECONDS), { hasHandover: true })).toBe("unknown");
  });

  test("not by the message that stopped the run before", () => {
    expect(reason({ ...wrote(-30 * SECONDS), previousRunAt: after(-29 * SECONDS) })).toBe("unknown");
  });

  test("a referral dated to the whole second may seem earlier than the message", () => {
    expect(reason(wrote(0.7 * SECONDS))).toBe("stopped");
    expect(reason(wrote(1 * SECONDS))).toBe("unknown");
  });
});

describe("rule 9: abandoned", () => {
  test("when the last message came a day or more before the referral", () => {
    expect(reason(wrote(-24 * HOURS))).toBe("abandoned");
    expect(reason(wrote(-24 * HOURS), { hasHandover: true })).toBe("abandoned");
    expect(reason(wrote(-24 * HOURS + SECONDS))).toBe("unknown");
  });

  test("only the last message before the referral counts", () => {
    const userMessages = [-30 * HOURS, -HOURS, 5].map((minutes) => ({ at: after(minutes), text: "Hello" }));
    expect(reason({ userMessages })).toBe("unknown");
    expect(reason({ userMessages: userMessages.filter((_, i) => i !== 1) })).toBe("abandoned");
  });
});

describe("rule 9: disqualified by the ad's template", () => {
  test("when the last answer is one that ends the questions", () => {
    expect(reason({ disqualifyingAnswers: answersOf("house Yes") })).toBe("disqualified");
    expect(reason({ disqualifyingAnswers: answersOf("house No") })).toBe("unknown");
  });

  test("goes after abandoned", () => {
    expect(reason({ disqualifyingAnswers: answersOf("house Yes"), ...wrote(-30 * HOURS) })).toBe("abandoned");
  });
});

test("rule 9: nothing known is unknown, said honestly", () => {
  expect(reason({})).toBe("unknown");
});
