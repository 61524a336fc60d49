import { describe, expect, test } from "vitest";
import { foldSignals } from "./fold.ts";
import { after, answersOf, HOURS, handover, keysOf, recovered, referral, SECONDS, summary } from "./signal-samples.ts";

const both = answersOf("house Yes", "postcode 70173");
const incomplete = { outcome: "incomplete" } as const;

describe("rule 1: one order for every set", () => {
  test("a referral comes first, then the summary, then the handover, whatever their times", () => {
    const [run] = foldSignals([handover("h", 0), summary("s", 1, both), referral("r", 2, { answers: both })]);
    expect(run?.signals.map(({ kind }) => kind)).toEqual(["R", "S", "H"]);
    expect(run?.anchor.key).toBe("r");
  });

  test("within a kind event time decides, then the key", () => {
    const [run] = foldSignals([handover("b", 1), handover("a", 1), handover("c", 0)]);
    expect(run?.signals.map(({ key }) => key)).toEqual(["c", "a", "b"]);
  });

  test("a repeated key is one signal, even when its repeat says something else", () => {
    const one = referral("r", 0, { answers: both });
    const other = referral("r", 0, { answers: [] });
    expect(foldSignals([one, one, other])).toEqual(foldSignals([other, one]));
    expect(keysOf(foldSignals([one, one, other]))).toEqual([["r"]]);
    expect(foldSignals([referral("r", 5), referral("r", 0)])[0]?.at).toEqual(after(0));
  });

  test("no signals, no leads", () => {
    expect(foldSignals([])).toEqual([]);
  });
});

describe("rule 2: one outcome, and distances to the anchor", () => {
  test("signals of different outcome never share a run", () => {
    const runs = foldSignals([referral("r", 0), handover("h", 0, incomplete), referral("q", 0, incomplete)]);
    expect(keysOf(runs)).toEqual([["h", "q"], ["r"]]);
  });

  test("referrals do not chain", () => {
    const runs = foldSignals([referral("a", 0), referral("b", 10), referral("c", 20)]);
    expect(keysOf(runs)).toEqual([["a", "b"], ["c"]]);
  });

  test("handovers do not chain", () => {
    expect(keysOf(foldSignals([handover("a", 0), handover("b", 10), handover("c", 20)]))).toEqual([["a", "b"], ["c"]]);
  });
});

describe("rule 3: a referral", () => {
  const twins = (minutes: number, a: object, b: object) =>
    foldSignals([referral("a", 0, a), referral("b", minutes, b)]).length;

  test("joins one exactly 15 minutes earlier, not a moment more", () => {
    expect(twins(15, {}, {})).toBe(1);
    expect(twins(15 + SECONDS, {}, {})).toBe(2);
  });

  test("joins across a missing ad, not across two ads", () => {
    expect(twins(1, { adId: null }, {})).toBe(1);
    expect(twins(1, {}, { adId: null })).toBe(1);
    expect(twins(1, { adId: "1" }, { adId: "2" })).toBe(2);
  });

  test("a missing ad is no bridge between two ads", () => {
    const runs = foldSignals([referral("a", 0, { adId: null }), referral("b", 1), referral("c", 2, { adId: "2" })]);
    expect(keysOf(runs)).toEqual([["a", "b"], ["c"]]);
  });

  test("joins when the answers of one begin the answers of the other", () => {
    expect(twins(1, { answers: answersOf("house Yes") }, { answers: both })).toBe(1);
    expect(twins(1, { answers: both }, { answers: answersOf("house Yes") })).toBe(1);
    expect(twins(1, { answers: [] }, { answers: both })).toBe(1);
  });

  test("opens a run when an answer differs, or the order does", () => {
    expect(twins(1, { answers: both }, { answers: answersOf("house No", "postcode 70173") })).toBe(2);
    expect(twins(1, { answers: both }, { answers: both.toReversed() })).toBe(2);
    expect(twins(1, { answers: both }, { answers: answersOf("postcode 70173") })).toBe(2);
  });

  test("a short beginning is no bridge between answers that differ", () => {
    const runs = foldSignals([
      referral("a", 0, { answers: answersOf("house Yes") }),
      referral("b", 1, { answers: both }),
      referral("c", 2, { answers: answersOf("house Yes", "postcode 10115") }),
    ]);
    expect(keysOf(runs)).toEqual([["a", "b"], ["c"]]);
  });

  test("recovered from the history with other blanks and forms, it is the same", () => {
    const recovered = [
      { question: "house?", answer: "Yes" },
      { question: "postcode?", answer: " 70173\u00a0" },
    ];
    expect(twins(1, { answers: both }, { answers: recovered })).toBe(1);
  });

  test("joins the latest of several runs it fits", () => {
    const runs = foldSignals([
      referral("a", 0, { answers: answersOf("house Yes") }),
      referral("b", 1, { answers: answersOf("house No") }),
      referral("c", 2),
    ]);
    expect(keysOf(runs)).toEqual([["a"], ["b", "c"]]);
  });

  test("looks past a later run that it does not fit", () => {
    const runs = foldSignals([
      referral("a", 0, { answers: both }),
      referral("b", 1, { answers: answersOf("house No") }),
      referral("c", 2, { answers: both }),
    ]);
    expect(keysOf(runs)).toEqual([["a", "c"], ["b"]]);
  });
});

describe("rule 4: a summary", () => {
  const withReferral = (minutes: number, answers: ReturnType<typeof answersOf>, told = both) =>
    foldSignals([referral("r", 20, { answers }), summary("s", 20 + minutes, told)]).length;

  test("joins within 15 minutes on either side", () => {
    expect([-15, 15].map((minutes) => withReferral(minutes, both))).toEqual([1, 1]);
    expect([-15 - SECONDS, 15 + SECONDS].map((minutes) => withReferral(minutes, both))).toEqual([2, 2]);
  });

  test("agrees with a referral without answers", () => {
    expect(withReferral(0, [])).toBe(1);
  });

  test("agrees when one question is shared and none answered differently", () => {
    expect(withReferral(0, answersOf("house Yes", "email k@example.org"))).toBe(1);
    expect(withReferral(0, answersOf("house Yes", "postcode 10115"))).toBe(2);
    expect(withReferral(0, answersOf("email k@example.org"))).toBe(2);
  });

  test("joins a summary of equal words, and no other summary", () => {
    const [one, again, other] = [summary("a", 0, both), summary("b", 1, both), summary("c", 1, answersOf("house No"))];
    expect(keysOf(foldSignals([one, again, other]))).toEqual([["a", "b"], ["c"]]);
    expect(foldSignals([one, { ...again, text: `${again.text ?? ""}\n ` }])).toHaveLength(1);
  });

  test("prefers the nearest agreeing run over a nearer one that disagrees", () => {
    const runs = foldSignals([
      referral("far", 0, { answers: both }),
      referral("near", 9, { answers: answersOf("house No") }),
      summary("s", 10, both),
    ]);
    expect(keysOf(runs)).toEqual([["far", "s"], ["near"]]);
  });

  test("never joins an incomplete run", () => {
    expect(foldSignals([referral("r", 0, { ...incomplete, answers: both }), summary("s", 0, both)])).toHaveLength(2);
  });
});

describe("rule 5: a handover", () => {
  test("joins the nearest run of its outcome", () => {
    const runs = foldSignals([referral("a", 0), referral("b", 20, { adId: "2" }), handover("h", 12)]);
    expect(keysOf(runs)).toEqual([["a"], ["b", "h"]]);
  });

  test("of two equally near the earlier anchor, then the smaller key", () => {
    const around = foldSignals([referral("b", 0), referral("a", 4, { adId: "2" }), handover("h", 2)]);
    expect(keysOf(around)).toEqual([["b", "h"], ["a"]]);
    const together = foldSignals([referral("b", 0), referral("a", 0, { adId: "2" }), handover("h", 2)]);
    expect(keysOf(together)).toEqual([["a", "h"], ["b"]]);
  });

  test("joins up to 15 minutes on either side, else opens a run", () => {
    const folded = (minutes: number) => foldSignals([referral("r", 20), handover("h", 20 + minutes)]).length;
    expect([-15, 15, -15 - SECONDS, 15 + SECONDS].map(folded)).toEqual([1, 1, 2, 2]);
  });

  test("joins a run of a summary alone", () => {
    expect(keysOf(foldSignals([summary("s", 1, both), handover("h", 0)]))).toEqual([["h", "s"]]);
  });
});

describe("what was recovered from the history", () => {
  const found = (minutes: number, answers = both, more: object = {}) => recovered("x", minutes, { answers, ...more });
  const joins = (...signals: Parameters<typeof foldSignals>[0]) => foldSignals(signals).length === 1;

  test("joins Meta's own run within 15 minutes on either side, whatever the two say", () => {
    const own = referral("r", 20, { answers: answersOf("roof Flat") });
    expect([5, 35].map((minutes) => joins(own, found(minutes)))).toEqual([true, true]);
    expect([5 - SECONDS, 35 + SECONDS].map((minutes) => joins(own, found(minutes)))).toEqual([false, false]);
    expect(joins(own, found(20, both, { outcome: "incomplete" }))).toBe(true);
  });

  test("joins one that came up to 72 hours later, if it speaks of the same or of nothing", () => {
    const later = (minutes: number, answers: typeof both) => joins(found(0), referral("r", minutes, { answers }));
    expect(later(72 * HOURS, answersOf("house No"))).toBe(true);
    expect(later(72 * HOURS, answersOf("roof Flat", "house No"))).toBe(true);
    expect(later(72 * HOURS, [])).toBe(true);
    expect(later(72 * HOURS, answersOf("roof Flat"))).toBe(false);
    expect(later(72 * HOURS + SECONDS, both)).toBe(false);
    expect(joins(found(0), handover("h", 20))).toBe(true);
    expect(joins(found(0), summary("s", 20, answersOf("roof Flat")))).toBe(true);
  });

  test("joins none that came hours earlier, and no other that was recovered", () => {
    expect(joins(referral("r", 0, { answers: both }), found(60))).toBe(false);
    expect(joins(recovered("w", 0, { answers: both }), found(0))).toBe(false);
  });

  test("joins the nearest of several", () => {
    const runs = foldSignals([referral("a", 0), referral("b", 20, { adId: "2" }), found(12)]);
    expect(keysOf(runs)).toEqual([["a"], ["b", "x"]]);
  });

  test("never anchors, nor changes what Meta's own said", () => {
    const more = answersOf("house Yes", "postcode 70173", "roof Flat");
    const [run] = foldSignals([found(0, more), referral("r", 1, { answers: both })]);
    expect(run).toMatchObject({ anchor: { key: "r" }, answers: both });
    // A longer list of its own bounds what may still join; a recovered one does not.
    const [own] = foldSignals([
      found(0, more),
      referral("r", 1, { answers: both }),
      summary("s", 2, answersOf("roof Pitched")),
    ]);
    expect(own?.signals.map(({ key }) => key)).toEqual(["r", "x"]);
  });

  test("gives the answers where nobody else does, the summary's before it", () => {
    expect(foldSignals([found(0), handover("h", 1)])[0]?.answers).toEqual(both);
    const told = answersOf("house No");
    expect(foldSignals([found(0), referral("r", 1), summary("s", 1, told)])[0]?.answers).toEqual(told);
    expect(foldSignals([found(0)])).toMatchObject([{ answers: both, adId: null, outcome: "complete", at: after(0) }]);
  });
});

describe("rule 6: what the run says", () => {
  test("of equally long referrals the first", () => {
    const [run] = foldSignals([
      referral("b", 1, { answers: [{ question: "house?", answer: "Yes " }] }),
      referral("a", 0, { answers: [{ question: "house?", answer: "Yes" }] }),
    ]);
    expect(run?.answers).toEqual(answersOf("house Yes"));
  });

  test("runs stand by their anchors' times, then by their keys", () => {
    const runs = foldSignals([referral("b", 5, { adId: "2" }), referral("a", 5), referral("c", 0, { adId: "3" })]);
    expect(keysOf(runs)).toEqual([["c"], ["a"], ["b"]]);
  });

  test("the longest referral's answers, as Meta sent them", () => {
    const sent = [
      { question: "house?", answer: " Yes  indeed " },
      { question: "house?", answer: "No" },
    ];
    const [run] = foldSignals([referral("a", 0), referral("b", 1, { answers: sent }), summary("s", 1, both)]);
    expect(run?.answers).toEqual(sent);
  });

  test("without a referral's answers the summary's", () => {
    expect(foldSignals([summary("s", 0, both)])[0]?.answers).toEqual(both);
    expect(foldSignals([referral("r", 0), summary("s", 0, both)])[0]?.answers).toEqual(both);
    expect(foldSignals([handover("h", 0)])[0]?.answers).toEqual([]);
  });

  test("the first known ad, the outcome, and the time of the anchor", () => {
    const signals = [handover("h", 0), referral("a", 2, { adId: null }), referral("b", 3, { adId: "7" })];
    expect(foldSignals(signals)[0]).toMatchObject({ adId: "7", outcome: "complete", at: after(2) });
  });
});
