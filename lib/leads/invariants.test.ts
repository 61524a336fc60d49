import { expect, test } from "vitest";
import { foldThread, type ThreadEvidence } from "./fold-thread.ts";
import { checkFolded } from "./invariants.ts";
import { after, handover, referral, sign } from "./signal-samples.ts";

const now = after(60);
const known = { leadId: null, receivedAt: now };
const nothing = { labels: [], signs: [], facts: [], heard: [], sends: [], leads: [], answered: [] };

function fold(more: Partial<ThreadEvidence>) {
  const signals = [referral("r", 0), handover("h", 1), referral("late", 600, { outcome: "incomplete" })];
  const evidence = { ...nothing, signals: signals.map((signal) => ({ ...signal, ...known })), ...more };
  let made = 0;
  const newId = () => `new-${++made}`;
  const folded = foldThread(evidence, { ourAppId: "1", now, newId });
  if (folded === null) throw new Error("There are leads in it.");
  return { evidence, folded };
}

test("what folding makes is in order", () => {
  const { evidence, folded } = fold({ answered: [sign("w", 900)] });
  expect(folded.leads).toHaveLength(3);
  expect(() => checkFolded(folded, evidence)).not.toThrow();
});

type Folded = ReturnType<typeof fold>["folded"];

test.each<[string, (folded: Folded) => Folded]>([
  ["signal-in-no-lead-or-in-several", (folded) => ({ ...folded, leads: folded.leads.slice(1) })],
  [
    "two-runs-one-lead",
    ({ leads, ...folded }) => ({ ...folded, leads: leads.map((lead) => ({ ...lead, id: "one" })) }),
  ],
  ["runs-out-of-order", ({ leads, ...folded }) => ({ ...folded, leads: leads.toReversed() })],
  ["lead-joined-twice", (folded) => ({ ...folded, unplaced: ["gone", "gone"] })],
  ["lead-joined-into-another-and-kept", (folded) => ({ ...folded, unplaced: ["new-1"] })],
  ["ended-lead-without-its-end", ({ leads, ...folded }) => ({ ...folded, leads: leads.map(withoutItsEnd) })],
  ["lead-of-two-outcomes", ({ leads, ...folded }) => ({ ...folded, leads: leads.map(turnedOver) })],
  ["open-lead-without-a-sign", ({ leads, ...folded }) => ({ ...folded, leads: leads.map(withoutSigns) })],
])("%s is noticed", (what, spoil) => {
  const { evidence, folded } = fold({ answered: [sign("w", 900)] });
  expect(() => checkFolded(spoil(folded), evidence)).toThrow(what);
});

test("a lead that no run is any more is noticed", () => {
  const { evidence, folded } = fold({ leads: [{ id: "lost", createdAt: now }] });
  expect(() => checkFolded(folded, evidence)).toThrow("lead-without-a-run");
});

type Lead = Folded["leads"][number];

function withoutItsEnd({ run, ...lead }: Lead): Lead {
  if (run.outcome === "in_progress") return { run, ...lead };
  return { ...lead, run: { ...run, anchor: { ...run.anchor } } };
}

function turnedOver({ run, ...lead }: Lead): Lead {
  if (run.outcome === "in_progress") return { run, ...lead };
  return { ...lead, run: { ...run, outcome: run.outcome === "complete" ? "incomplete" : "complete" } };
}

function withoutSigns({ run, ...lead }: Lead): Lead {
  return run.outcome === "in_progress" ? { ...lead, run: { ...run, weak: [] } } : { run, ...lead };
}
