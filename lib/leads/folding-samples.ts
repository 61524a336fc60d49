/** Threads for tests: generated histories of signals, the ways they may arrive, and a tiny model of refolding them. */
import fc from "fast-check";
import { foldSignals, type Signal } from "./fold.ts";
import { type LeadRun, type WeakSignal, withInProgress } from "./in-progress.ts";
import { nameRuns } from "./name-runs.ts";
import { answersOf, HOURS, handover, recovered, referral, SECONDS, sign, summary } from "./signal-samples.ts";

export type Fact = { signal: Signal } | { weak: WeakSignal };

/** A thread as refolding keeps it: facts with the id each remembers, the leads there are, and aliases of former ones. */
export class RefoldedThread {
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
    if (unplaced.length > 0) throw new Error(`ids without a run: ${unplaced.join(", ")}`);

    this.leads.clear();
    for (const { id, run, absorbed } of named) {
      if (this.leads.has(id)) throw new Error(`two runs are called ${id}`);
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

/** The same facts folded at one stroke. */
export const whole = (facts: readonly Fact[]) =>
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
    arbitrary: fc
      .record({ minutes, outcome, answers, adId: fc.constantFrom("1", "2", null) })
      .map(({ minutes, ...more }) => (key: string) => ({ signal: referral(key, minutes, more) })),
  },
  {
    weight: 2,
    arbitrary: fc.record({ minutes, answers }).map(({ minutes, answers }) => (key: string) => ({
      signal: summary(key, minutes, answers),
    })),
  },
  {
    weight: 3,
    arbitrary: fc.record({ minutes, outcome }).map(({ minutes, outcome }) => (key: string) => ({
      signal: handover(key, minutes, { outcome }),
    })),
  },
  {
    weight: 2,
    arbitrary: fc.record({ minutes, outcome, answers }).map(({ minutes, ...more }) => (key: string) => ({
      signal: recovered(key, minutes, more),
    })),
  },
  { weight: 2, arbitrary: minutes.map((minutes) => (key: string) => ({ weak: sign(key, minutes) })) },
);
/** Keys are handed out apart from the times, so that ties by key fall either way. */
export const history = fc
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

/** A history, and several ways for it to arrive. */
export function arrivals(orders: number): fc.Arbitrary<{ facts: Fact[]; orders: Fact[][][] }> {
  return history.chain((facts) =>
    fc.record({
      facts: fc.constant(facts),
      orders: fc.array(arrival(facts), { minLength: orders, maxLength: orders }),
    }),
  );
}
