/** What must hold for the leads of any thread, however they came about. Checked whenever they are folded, and cheap. */
import { invariant } from "#lib/invariant.ts";
import type { FoldedThread, ThreadEvidence } from "./fold-thread.ts";
import type { LeadRun } from "./in-progress.ts";

export function checkFolded(folded: NonNullable<FoldedThread>, { signals, leads: before }: ThreadEvidence): void {
  const { leads, unplaced } = folded;
  checkRuns(
    leads.map(({ run }) => run),
    new Set(signals.map(({ key }) => key)),
  );

  const ids = new Set(leads.map(({ id }) => id));
  invariant(ids.size === leads.length, "two-runs-one-lead");
  const gone = [...leads.flatMap(({ absorbed }) => absorbed), ...unplaced];
  invariant(new Set(gone).size === gone.length, "lead-joined-twice");
  invariant(
    gone.every((id) => !ids.has(id)),
    "lead-joined-into-another-and-kept",
  );
  // Whoever has an address of a lead gets somewhere with it.
  const known = new Set([...ids, ...gone]);
  invariant(
    before.every(({ id }) => known.has(id)),
    "lead-without-a-run",
  );
}

function checkRuns(runs: readonly LeadRun[], keys: ReadonlySet<string>): void {
  const told = runs.flatMap(({ signals }) => signals.map(({ key }) => key));
  invariant(told.length === keys.size && told.every((key) => keys.has(key)), "signal-in-no-lead-or-in-several");
  invariant(new Set(told).size === told.length, "signal-in-no-lead-or-in-several");
  for (const [index, run] of runs.entries()) {
    const before = runs[index - 1];
    invariant(before === undefined || before.at.getTime() <= run.at.getTime(), "runs-out-of-order");
    if (run.outcome === "in_progress") invariant(run.weak.length > 0, "open-lead-without-a-sign");
    else {
      invariant(run.signals.includes(run.anchor), "ended-lead-without-its-end");
      const own = run.signals.filter(({ isRecovered }) => !isRecovered);
      invariant(
        own.every(({ outcome }) => outcome === run.outcome),
        "lead-of-two-outcomes",
      );
    }
  }
}
