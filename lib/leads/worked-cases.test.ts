/** Threads somebody worked out by hand, from their signals to the leads that must come of them. */
import { describe, expect, test } from "vitest";
import { foldSignals, type Run, type Signal } from "./fold.ts";
import { RefoldedThread } from "./folding-samples.ts";
import { incompleteReason } from "./reason.ts";
import { after, answersOf, HOURS, handover, keysOf, referral, SECONDS, summary } from "./signal-samples.ts";

test("a complete lead's handover, referral and summary, in all six orders and each twice, make one lead", () => {
  const given = answersOf("house Yes", "postcode 70173", "email k.muster@example.org");
  const h = handover("h", 6 * SECONDS);
  const r = referral("r", 0, { answers: given });
  const s = summary("s", 1 * SECONDS, given.slice(0, 2));
  for (const order of [
    [h, r, s],
    [h, s, r],
    [r, h, s],
    [r, s, h],
    [s, h, r],
    [s, r, h],
  ]) {
    for (const sequence of [[...order, ...order], order.flatMap((signal) => [signal, signal])]) {
      const thread = new RefoldedThread();
      for (const [i, signal] of sequence.entries()) thread.receive([{ signal }], after(i));
      expect([...thread.leads.values()]).toEqual([
        { anchor: r, signals: [r, s, h], outcome: "complete", adId: "1", answers: given, at: r.at, weak: [] },
      ]);
      expect([...thread.bornAt.keys()].every((id) => thread.resolves(id))).toBe(true);
    }
  }
});

describe("worked cases: one page, one person", () => {
  const incomplete = { outcome: "incomplete" } as const;

  /** Folded at once, and signal by signal from either end. */
  function foldEachWay(signals: Signal[]): Run[] {
    const runs = foldSignals(signals);
    for (const sequence of [signals, signals.toReversed()]) {
      const thread = new RefoldedThread();
      for (const [i, signal] of sequence.entries()) thread.receive([{ signal }], after(i));
      expect(keysOf([...thread.leads.values()])).toEqual(keysOf(runs));
    }
    return runs;
  }

  test("(a) H incomplete t₀, R incomplete ad 1 t₀+5 min, R complete ad 1 t₀+50 h: two leads, the first with one H and one R", () => {
    const runs = foldEachWay([handover("h", 0, incomplete), referral("r1", 5, incomplete), referral("r2", 50 * HOURS)]);
    expect(keysOf(runs)).toEqual([["h", "r1"], ["r2"]]);
    expect(runs.map(({ outcome }) => outcome)).toEqual(["incomplete", "complete"]);
  });

  test("(b) H complete t₀, S complete t₀+1 s, R complete ad 2 t₀+14 min with other answers: {H, S} and {R}", () => {
    const s = summary("s", 1 * SECONDS, answersOf("house Yes"));
    const runs = foldEachWay([handover("h", 0), s, referral("r", 14, { adId: "2", answers: answersOf("house No") })]);
    expect(keysOf(runs)).toEqual([["h", "s"], ["r"]]);
  });

  test("(c) the same R twice, 1 s apart: one lead; a third after 28 min: a second lead", () => {
    const twice = [referral("r1", 0), referral("r2", 1 * SECONDS)];
    expect(keysOf(foldEachWay(twice))).toEqual([["r1", "r2"]]);
    expect(keysOf(foldEachWay([...twice, referral("r3", 28)]))).toEqual([["r1", "r2"], ["r3"]]);
  });

  test("(d) user message Support t₀, R incomplete t₀+2 s, takeover from the Page Inbox later: one lead, stopped", () => {
    const [run, ...others] = foldEachWay([
      referral("r", 2 * SECONDS, { ...incomplete, answers: answersOf("house Yes") }),
    ]);
    expect(others).toEqual([]);
    if (run === undefined) throw new Error("one lead expected");
    const reason = incompleteReason(run, {
      label: null,
      controlLeftLeadgenAt: [{ at: after(3), byLeadHandover: false }],
      sendsAcceptedAt: [],
      userMessages: [{ at: after(0), text: "Support" }],
      disqualifyingAnswers: [],
      previousRunAt: null,
    });
    expect(reason).toBe("stopped");
  });

  test("(e) R complete ad 1 t₀, H complete t₀+1 min, R complete ad 2 t₀+3 min: two leads, H with the first", () => {
    const runs = foldEachWay([referral("r1", 0), handover("h", 1), referral("r2", 3, { adId: "2" })]);
    expect(keysOf(runs)).toEqual([["h", "r1"], ["r2"]]);
  });
});
