/**
 * Folding as a whole: signals arrive in batches, are folded, and their leads named, over and over. What
 * comes of it must not depend on how they arrived, and every address ever shown must lead somewhere.
 * FOLDING_HISTORIES and FOLDING_ORDERS make the search longer.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldSignals, type Run, type Signal } from "./fold.ts";
import { type LeadRun, type WeakSignal, withInProgress } from "./in-progress.ts";
import { nameRuns } from "./name-runs.ts";
import { incompleteReason } from "./reason.ts";
import { after, answersOf, handover, HOURS, keysOf, referral, SECONDS, sign, summary } from "./signal-samples.ts";

const HISTORIES = Number(process.env.FOLDING_HISTORIES ?? 200);
const ORDERS = Number(process.env.FOLDING_ORDERS ?? 10);

type Fact = { signal: Signal } | { weak: WeakSignal };

/** A thread as refolding keeps it: facts with the id each remembers, the leads there are, and aliases of former ones. */
class Thread {
  readonly signals = new Map<string, Signal>();
  readonly weak = new Map<string, WeakSignal>();
  readonly remembered = new Map<string, string>();
  readonly bornAt = new Map<string, Date>();
  readonly leads = new Map<string, LeadRun>();
  readonly aliases = new Map<string, string>();

  receive(batch: readonly Fact[], now: Date): void {
    for (const fact of batch) {
      if ("signal" in fact) this.signals.set(fact.signal.key, fact.signal);
      else this.weak.set(fact.weak.key, fact.weak);
    }
    const { runs } = withInProgress(foldSignals([...this.signals.values()]), [...this.weak.values()]);
    const { named, unplaced } = nameRuns(runs, this.remembered, this.bornAt, () => this.bear(now));
    expect(unplaced).toEqual([]);

    this.leads.clear();
    for (const { id, run, absorbed } of named) {
      expect(this.leads.has(id)).toBe(false);
      this.leads.set(id, run);
      for (const { key } of [...run.signals, ...run.weak]) this.remembered.set(key, id);
      for (const former of absorbed) this.alias(former, id);
    }
  }

  private bear(now: Date): string {
    const id = `id-${this.bornAt.size}`;
    this.bornAt.set(id, now);
    return id;
  }

  private alias(former: string, id: string): void {
    for (const [alias, target] of this.aliases) if (target === former) this.aliases.set(alias, id);
    this.aliases.set(former, id);
  }

  resolves(id: string): boolean {
    return this.leads.has(id) !== this.leads.has(this.aliases.get(id) ?? "");
  }
}

const whole = (facts: readonly Fact[]) =>
  withInProgress(
    foldSignals(facts.flatMap((fact) => ("signal" in fact ? [fact.signal] : []))),
    facts.flatMap((fact) => ("weak" in fact ? [fact.weak] : [])),
  ).runs;

/** Crowded on purpose: few words and ads, times that collide, touch the 15 minutes, or lie days apart. */
const answers = fc.constantFrom(
  answersOf(),
  answersOf("house Yes"),
  answersOf("house No"),
  answersOf("house Yes", "postcode 70173"),
  answersOf("house Yes", "postcode 10115"),
  answersOf("postcode 70173"),
  answersOf("house Yes", "house No"),
);
const minutes = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 40 }) },
  { weight: 2, arbitrary: fc.constantFrom(15 + SECONDS, 30, 30 + SECONDS, 45, 60) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 8 }).map((halfDays) => halfDays * 12 * HOURS) },
);
const outcome = fc.constantFrom<Signal["outcome"][]>("complete", "complete", "incomplete");
const fact: fc.Arbitrary<(key: string) => Fact> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ minutes, outcome, answers, adId: fc.constantFrom("1", "2", null) }).map(
      ({ minutes, ...more }) => (key: string) => ({ signal: referral(key, minutes, more) }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({ minutes, answers }).map(
      ({ minutes, answers }) => (key: string) => ({ signal: summary(key, minutes, answers) }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({ minutes, outcome }).map(
      ({ minutes, outcome }) => (key: string) => ({ signal: handover(key, minutes, { outcome }) }),
    ),
  },
  { weight: 2, arbitrary: minutes.map((minutes) => (key: string) => ({ weak: sign(key, minutes) })) },
);
/** Keys are handed out apart from the times, so that ties by key fall either way. */
const history = fc
  .array(fact, { minLength: 1, maxLength: 14 })
  .chain((makers) =>
    fc
      .shuffledSubarray([...makers.keys()], { minLength: makers.length, maxLength: makers.length })
      .map((keys) => makers.map((make, i) => make(`k${String(keys[i]).padStart(2, "0")}`))),
  );

/** One way for a history to arrive: any order, any repeats, cut into any batches. */
function arrival(facts: readonly Fact[]): fc.Arbitrary<Fact[][]> {
  const order = fc.shuffledSubarray([...facts], { minLength: facts.length, maxLength: facts.length });
  const repeats = fc.array(fc.tuple(fc.nat(2 * facts.length), fc.constantFrom(...facts)), { maxLength: facts.length });
  const cuts = fc.infiniteStream(fc.boolean());
  return fc.tuple(order, repeats, cuts).map(([order, repeats, cuts]) => {
    const sequence = [...order];
    for (const [place, repeat] of repeats) sequence.splice(place % (sequence.length + 1), 0, repeat);
    const batches: Fact[][] = [[]];
    for (const one of sequence) {
      batches.at(-1)?.push(one);
      if (cuts.next().value) batches.push([]);
    }
    return batches;
  });
}

const arrivals = history.chain((facts) =>
  fc.record({ facts: fc.constant(facts), orders: fc.array(arrival(facts), { minLength: ORDERS, maxLength: ORDERS }) }),
);

describe("any history, in any order, with any repeats, in any batches", () => {
  test("makes the same leads up to their ids, and every id ever shown still resolves", () => {
    fc.assert(
      fc.property(arrivals, ({ facts, orders }) => {
        const expected = whole(facts);
        for (const batches of orders) {
          const thread = new Thread();
          for (const [i, batch] of batches.entries()) {
            thread.receive(batch, after(i));
            for (const id of thread.bornAt.keys()) expect(thread.resolves(id)).toBe(true);
          }
          expect([...thread.leads.values()]).toEqual(expected);
        }
      }),
      { numRuns: HISTORIES },
    );
  }, 600_000);

  test("a delivery that brings nothing new changes no id", () => {
    fc.assert(
      fc.property(arrivals, ({ facts, orders: [batches = []] }) => {
        const thread = new Thread();
        for (const [i, batch] of batches.entries()) thread.receive(batch, after(i));
        const before = [...thread.leads];
        thread.receive(facts, after(batches.length));
        expect([...thread.leads]).toEqual(before);
        expect(thread.bornAt.size).toBe(thread.leads.size + thread.aliases.size);
      }),
      { numRuns: HISTORIES },
    );
  }, 600_000);

  test("puts each signal into exactly one run, of its outcome, near its anchor, of one ad", () => {
    fc.assert(
      fc.property(history, (facts) => {
        const runs = whole(facts);
        expect(keysOf(runs).flat().sort()).toEqual(facts.map((one) => ("signal" in one ? one.signal : one.weak).key).sort());
        for (const { signals, outcome, at } of runs) {
          expect(signals.filter((signal) => signal.outcome !== outcome)).toEqual([]);
          expect(signals.filter((signal) => Math.abs(signal.at.getTime() - at.getTime()) > 15 * 60_000)).toEqual([]);
          expect(new Set(signals.flatMap(({ adId }) => adId ?? [])).size).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: HISTORIES },
    );
  }, 600_000);

  test("weak evidence joins and splits nothing", () => {
    fc.assert(
      fc.property(history, (facts) => {
        const strong = facts.filter((one) => "signal" in one);
        const ended = whole(facts).flatMap((run) => (run.outcome === "in_progress" ? [] : [{ ...run, weak: [] }]));
        expect(ended).toEqual(whole(strong));
      }),
      { numRuns: HISTORIES },
    );
  }, 600_000);
});

test("a complete lead's handover, referral and summary, in all six orders and each twice, make one lead", () => {
  const given = answersOf("house Yes", "postcode 70173", "email k.muster@example.org");
  const h = handover("h", 6 * SECONDS);
  const r = referral("r", 0, { answers: given });
  const s = summary("s", 1 * SECONDS, given.slice(0, 2));
  for (const order of [[h, r, s], [h, s, r], [r, h, s], [r, s, h], [s, h, r], [s, r, h]]) {
    for (const sequence of [[...order, ...order], order.flatMap((signal) => [signal, signal])]) {
      const thread = new Thread();
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
      const thread = new Thread();
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
    const [run, ...others] = foldEachWay([referral("r", 2 * SECONDS, { ...incomplete, answers: answersOf("house Yes") })]);
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
