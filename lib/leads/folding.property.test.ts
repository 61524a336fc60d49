/**
 * Folding as a whole: signals arrive in batches, are folded, and their leads named, over and over. What
 * comes of it must not depend on how they arrived, and every address ever shown must lead somewhere.
 * FOLDING_HISTORIES and FOLDING_ORDERS make the search longer.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrivals, history, RefoldedThread, whole } from "./folding-samples.ts";
import { after, keysOf } from "./signal-samples.ts";

const HISTORIES = Number(process.env.FOLDING_HISTORIES ?? 200);
const ORDERS = Number(process.env.FOLDING_ORDERS ?? 10);

describe("any history, in any order, with any repeats, in any batches", () => {
  test("makes the same leads up to their ids, and every id ever shown still resolves", () => {
    fc.assert(
      fc.property(arrivals(ORDERS), ({ facts, orders }) => {
        const expected = whole(facts);
        for (const batches of orders) {
          const thread = new RefoldedThread();
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
      fc.property(arrivals(1), ({ facts, orders: [batches = []] }) => {
        const thread = new RefoldedThread();
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
        expect(keysOf(runs).flat().sort()).toEqual(
          facts.map((one) => ("signal" in one ? one.signal : one.weak).key).sort(),
        );
        for (const { signals: all, outcome, at } of runs) {
          const signals = all.filter(({ isRecovered }) => !isRecovered);
          expect(signals.filter((signal) => signal.outcome !== outcome)).toEqual([]);
          expect(signals.filter((signal) => Math.abs(signal.at.getTime() - at.getTime()) > 15 * 60_000)).toEqual([]);
          expect(new Set(signals.flatMap(({ adId }) => adId ?? [])).size).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: HISTORIES },
    );
  }, 600_000);

  test("what was recovered joins one lead or makes one, and changes none of Meta's own", () => {
    fc.assert(
      fc.property(history, (facts) => {
        const ofMeta = whole(facts.filter((one) => "signal" in one && !one.signal.isRecovered));
        const told = whole(facts).flatMap(({ signals, outcome, adId, at, answers }) => {
          const own = signals.filter(({ isRecovered }) => !isRecovered);
          return own.length === 0 ? [] : [{ signals: own, outcome, adId, at, answers }];
        });
        expect(told).toEqual(
          ofMeta.map(({ signals, outcome, adId, at, answers }, i) => ({
            ...{ signals, outcome, adId, at },
            // Where Meta told no answers, what was recovered fills in.
            answers: answers.length > 0 ? answers : told[i]?.answers,
          })),
        );
        for (const { signals } of whole(facts)) {
          if (signals.every(({ isRecovered }) => isRecovered)) expect(signals.length).toBeLessThanOrEqual(1);
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
