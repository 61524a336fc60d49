/**
 * Ids of leads are random and remembered per signal, so that a lead keeps its address when later signals
 * change what we know of it. After refolding each remembered id follows its strongest signal; where two
 * meet, the older one stays and the other becomes an alias. No id that was ever shown goes nowhere.
 */
import { compareSignals, type Signal } from "./fold.ts";
import type { WeakSignal } from "./in-progress.ts";

type Nameable = { signals: readonly Signal[]; weak?: readonly WeakSignal[] };
type Named<R> = { id: string; run: R; absorbed: string[] };

/**
 * `remembered` says which lead each signal (weak ones too) last belonged to, `bornAt` when that id was
 * made. Afterwards the caller remembers `id` for every signal of the run, and turns every lead and every
 * alias of the `absorbed` ids towards it. `unplaced` are remembered ids none of whose signals exist any
 * more: their leads must be left standing, or pointed somewhere by somebody who knows why.
 */
export function nameRuns<R extends Nameable>(
  runs: readonly R[],
  remembered: ReadonlyMap<string, string>,
  bornAt: ReadonlyMap<string, Date>,
  newId: () => string,
): { named: Named<R>[]; unplaced: string[] } {
  const homes = findHomes(runs, remembered);
  const offers = new Map<R, string[]>();
  for (const [id, run] of homes) offers.set(run, [...(offers.get(run) ?? []), id]);

  const named = runs.map((run): Named<R> => {
    const [oldest, ...absorbed] = (offers.get(run) ?? []).sort(byAge(bornAt));
    return { id: oldest ?? newId(), run, absorbed };
  });
  const unplaced = [...new Set(remembered.values())].filter((id) => !homes.has(id)).sort();
  return { named, unplaced };
}

/** Each id's one home: the run that holds its strongest, then earliest signal. */
function findHomes<R extends Nameable>(runs: readonly R[], remembered: ReadonlyMap<string, string>): Map<string, R> {
  const homes = new Map<string, R>();
  for (const { key, run } of strongestFirst(runs)) {
    const id = remembered.get(key);
    if (id !== undefined && !homes.has(id)) homes.set(id, run);
  }
  return homes;
}

function strongestFirst<R extends Nameable>(runs: readonly R[]): { key: string; run: R }[] {
  const signals = runs.flatMap((run) => run.signals.map((signal) => ({ signal, run })));
  const weak = runs.flatMap((run) => (run.weak ?? []).map((sign) => ({ sign, run })));
  return [
    ...signals.sort((a, b) => compareSignals(a.signal, b.signal)).map(({ signal, run }) => ({ key: signal.key, run })),
    ...weak.sort((a, b) => compareWeak(a.sign, b.sign)).map(({ sign, run }) => ({ key: sign.key, run })),
  ];
}

function compareWeak(a: WeakSignal, b: WeakSignal): number {
  return a.at.getTime() - b.at.getTime() || (a.key < b.key ? -1 : 1);
}

/** An id nobody knows the birth of counts as the youngest. */
function byAge(bornAt: ReadonlyMap<string, Date>): (a: string, b: string) => number {
  const born = (id: string) => bornAt.get(id)?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return (a, b) => born(a) - born(b) || (a < b ? -1 : 1);
}
