import { describe, expect, test } from "vitest";
import { foldSignals } from "./fold.ts";
import { withInProgress } from "./in-progress.ts";
import { nameRuns } from "./name-runs.ts";
import { after, answersOf, HOURS, handover, keysOf, referral, sign, summary } from "./signal-samples.ts";

const births = new Map([
  ["old", after(100)],
  ["young", after(200)],
]);

function fresh(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `new-${count}`;
  };
}

function ids({ named }: ReturnType<typeof nameRuns>): [string, string[], string[]][] {
  return named.map(({ id, run, absorbed }) => [id, keysOf([run])[0] ?? [], absorbed]);
}

describe("rule 7: ids", () => {
  test("a run nobody remembers gets a new id", () => {
    const runs = foldSignals([referral("a", 0), referral("b", 60)]);
    expect(ids(nameRuns(runs, new Map(), births, fresh()))).toEqual([
      ["new-1", ["a"], []],
      ["new-2", ["b"], []],
    ]);
  });

  test("a run keeps its id when signals join it", () => {
    const runs = foldSignals([handover("h", 0), referral("r", 1)]);
    expect(ids(nameRuns(runs, new Map([["h", "old"]]), births, fresh()))).toEqual([["old", ["h", "r"], []]]);
  });

  test("a run offered two keeps the older, the other becomes an alias", () => {
    const remembered = new Map([
      ["r", "young"],
      ["h", "old"],
    ]);
    const named = nameRuns(foldSignals([handover("h", 0), referral("r", 1)]), remembered, births, fresh());
    expect(ids(named)).toEqual([["old", ["h", "r"], ["young"]]]);
  });

  test("of two born at one moment the smaller id stays", () => {
    const remembered = new Map([
      ["r", "b"],
      ["h", "a"],
    ]);
    const born = new Map([
      ["a", after(0)],
      ["b", after(0)],
    ]);
    expect(nameRuns(foldSignals([handover("h", 0), referral("r", 1)]), remembered, born, fresh()).named[0]?.id).toBe(
      "a",
    );
  });

  test("when a run splits, the id follows the strongest signal and the rest starts anew", () => {
    const yes = answersOf("house Yes");
    const runs = foldSignals([
      handover("h", 0),
      summary("s", 0, yes),
      referral("r", 14, { adId: "2", answers: answersOf("house No") }),
    ]);
    const remembered = new Map([
      ["h", "old"],
      ["s", "old"],
      ["r", "old"],
    ]);
    expect(ids(nameRuns(runs, remembered, births, fresh()))).toEqual([
      ["new-1", ["h", "s"], []],
      ["old", ["r"], []],
    ]);
  });

  test("of equally strong signals the earlier holds the id", () => {
    const remembered = new Map([
      ["a", "old"],
      ["b", "old"],
    ]);
    const named = nameRuns(foldSignals([referral("b", 60), referral("a", 0)]), remembered, births, fresh());
    expect(ids(named)).toEqual([
      ["old", ["a"], []],
      ["new-1", ["b"], []],
    ]);
  });

  test("a run in progress hands its id to the run that absorbs it", () => {
    const { runs } = withInProgress(foldSignals([referral("r", 10)]), [sign("w", 0)]);
    expect(ids(nameRuns(runs, new Map([["w", "old"]]), births, fresh()))).toEqual([["old", ["r", "w"], []]]);
  });

  test("weak evidence is the weakest: any handover outweighs it", () => {
    const { runs } = withInProgress(foldSignals([handover("h", 100 * HOURS)]), [sign("w", 0)]);
    const remembered = new Map([
      ["w", "old"],
      ["h", "old"],
    ]);
    expect(ids(nameRuns(runs, remembered, births, fresh()))).toEqual([
      ["new-1", ["w"], []],
      ["old", ["h"], []],
    ]);
  });

  test("of weak evidence the earliest holds the id, then the smaller key", () => {
    const { runs } = withInProgress([], [sign("b", 0), sign("a", 100 * HOURS)]);
    const remembered = new Map([
      ["a", "old"],
      ["b", "old"],
    ]);
    expect(ids(nameRuns(runs, remembered, births, fresh()))).toEqual([
      ["old", ["b"], []],
      ["new-1", ["a"], []],
    ]);
    const apart = [
      { signals: [], weak: [sign("b", 0)] },
      { signals: [], weak: [sign("a", 0)] },
    ];
    expect(nameRuns(apart, remembered, births, fresh()).named.map(({ id }) => id)).toEqual(["new-1", "old"]);
    expect(nameRuns(apart.toReversed(), remembered, births, fresh()).named.map(({ id }) => id)).toEqual([
      "old",
      "new-1",
    ]);
  });

  test("an id nobody knows the birth of yields to one that is known, and to the smaller", () => {
    const signals = [handover("h", 0), referral("r", 1), summary("s", 1, answersOf("house Yes"))];
    const offered = (...given: string[]) => {
      const remembered = new Map(signals.map(({ key }, index) => [key, given[index] ?? "old"]));
      return nameRuns(foldSignals(signals), remembered, births, fresh()).named.map(({ id, absorbed }) => [
        id,
        ...absorbed,
      ]);
    };
    expect(offered("unborn", "young", "old")).toEqual([["old", "young", "unborn"]]);
    expect(offered("x", "z", "y")).toEqual([["x", "y", "z"]]);
    expect(offered("old", "old", "old")).toEqual([["old"]]);
  });

  test("ids whose evidence is gone are reported in one order, each once", () => {
    const remembered = new Map([
      ["w", "old"],
      ["v", "lost"],
      ["u", "old"],
      ["r", "young"],
    ]);
    expect(nameRuns(foldSignals([referral("r", 0)]), remembered, births, fresh())).toMatchObject({
      named: [{ id: "young", absorbed: [] }],
      unplaced: ["lost", "old"],
    });
  });

  test("an id whose evidence is gone is reported, not lost", () => {
    expect(nameRuns([], new Map([["w", "old"]]), births, fresh())).toEqual({ named: [], unplaced: ["old"] });
  });
});
