import { describe, expect, test } from "vitest";
import { LEADGEN_APP_ID } from "#lib/messenger/app-ids.ts";
import { foldThread, type ThreadEvidence } from "./fold-thread.ts";
import { after, answersOf, HOURS, handover, referral } from "./signal-samples.ts";

const OURS = "900";
const empty: ThreadEvidence = {
  signals: [],
  labels: [],
  signs: [],
  facts: [],
  heard: [],
  sends: [],
  leads: [],
  answered: [],
};
type Told = ThreadEvidence["signals"][number];
const told = (signal: ReturnType<typeof referral>, leadId: string | null = null, received = 500): Told => ({
  ...signal,
  leadId,
  receivedAt: after(received),
});
const label = (name: string, minutes: number, isRemoval = false) => ({
  key: name,
  name,
  isRemoval,
  at: after(minutes),
});
const lead = (id: string, minutes = 0) => ({ id, createdAt: after(minutes) });
const asking = { kind: "leadgen_asking", source: "echo", appId: LEADGEN_APP_ID, isLeadHandover: false } as const;

function fold(evidence: Partial<ThreadEvidence>) {
  let count = 0;
  const newId = () => {
    count += 1;
    return `new-${count}`;
  };
  return foldThread({ ...empty, ...evidence }, { ourAppId: OURS, now: after(999), newId });
}
const leadsOf = (evidence: Partial<ThreadEvidence>) => fold(evidence)?.leads ?? [];

describe("a thread's leads", () => {
  test("of nothing are none at all, though people wrote and labels of others were put on", () => {
    expect(fold({})).toBeNull();
    const heard = [{ mid: "m1", at: after(0), text: "Hello" }];
    expect(fold({ heard, labels: [label("VIP", 1), label("Lead in progress", 2, true)] })).toBeNull();
  });

  test("begin with a signal", () => {
    const signal = referral("r", 10, { answers: answersOf("house Yes") });
    expect(fold({ signals: [told(signal)] })).toEqual({
      leads: [
        {
          id: "new-1",
          run: {
            anchor: signal,
            signals: [signal],
            weak: [],
            outcome: "complete",
            adId: "1",
            answers: answersOf("house Yes"),
            at: after(10),
          },
          reason: null,
          splitFrom: null,
          receivedAt: after(500),
          absorbed: [],
          news: { strong: ["r"], weak: [] },
        },
      ],
      unplaced: [],
      probableActionAt: null,
    });
  });

  test("keep their id, and tell only of what is new in them", () => {
    const signals = [told(referral("r", 10), "a", 600), told(handover("h", 11), null, 400)];
    expect(leadsOf({ signals, leads: [lead("a")] })).toMatchObject([
      { id: "a", splitFrom: null, receivedAt: after(400), absorbed: [], news: { strong: ["h"], weak: [] } },
    ]);
  });

  test("that turn out to be one are joined, as far as they exist", () => {
    const signals = [told(referral("r", 10), "b"), told(handover("h", 11), "a"), told(handover("g", 12), "ghost")];
    expect(leadsOf({ signals, leads: [lead("a", 0), lead("b", 1)] })).toMatchObject([
      { id: "a", absorbed: ["b"], news: { strong: ["r", "g"] } },
    ]);
  });

  test("that turn out to be two know where the new one comes from", () => {
    const signals = [told(referral("r", 10), "a"), told(referral("q", 60), "a")];
    expect(leadsOf({ signals, leads: [lead("a")] })).toMatchObject([
      { id: "a", splitFrom: null },
      { id: "new-1", splitFrom: "a", news: { strong: ["q"] } },
    ]);
  });

  test("whose evidence is gone are told of, as far as they exist", () => {
    const signs = [
      { key: "label:x", leadId: "a" },
      { key: "label:y", leadId: "ghost" },
    ];
    expect(fold({ signs, leads: [lead("a")] })).toEqual({ leads: [], unplaced: ["a"], probableActionAt: null });
  });
});

describe("questions that still run", () => {
  const running = { outcome: "in_progress" } as const;

  test("are known by Meta's label", () => {
    expect(leadsOf({ labels: [label("Lead in progress", 5)] })).toMatchObject([
      {
        run: { ...running, at: after(5) },
        receivedAt: after(999),
        reason: null,
        news: { strong: [], weak: ["label:Lead in progress"] },
      },
    ]);
  });

  test("are known by answers given while Leadgen held the thread, or found in the history", () => {
    const facts = [{ ...asking, key: "e", at: after(0) }];
    const heard = [{ mid: "m1", at: after(1), text: "Yes" }];
    expect(leadsOf({ facts, heard })).toMatchObject([{ run: running, news: { weak: ["message:m1"] } }]);
    const answered = [{ key: "message:m9", at: after(1) }];
    expect(leadsOf({ answered })).toMatchObject([{ run: running, news: { weak: ["message:m9"] } }]);
  });

  test("tell each sign once, and none that is known to be theirs", () => {
    const facts = [{ ...asking, key: "e", at: after(0) }];
    const heard = [
      { mid: "m1", at: after(1), text: "Yes" },
      { mid: "m2", at: after(2), text: "70173" },
    ];
    const answered = [{ key: "message:m2", at: after(2) }];
    const signs = [{ key: "message:m1", leadId: "a" }];
    expect(leadsOf({ facts, heard, answered, signs, leads: [lead("a")] })).toMatchObject([
      { id: "a", run: { weak: [{ key: "message:m1" }, { key: "message:m2" }] }, news: { weak: ["message:m2"] } },
    ]);
  });
});

describe("an incomplete run", () => {
  const open = (minutes = 10) => told(referral(`r${minutes}`, minutes, { outcome: "incomplete" }));

  test("has a reason, a complete one has none", () => {
    expect(leadsOf({ signals: [open()] })).toMatchObject([{ reason: "unknown" }]);
    expect(leadsOf({ signals: [told(referral("r", 10))], labels: [label("Lead Disqualified", 11)] })).toMatchObject([
      { reason: null },
    ]);
  });

  test("is explained by the label put on before the next", () => {
    const labels = [label("Lead Disqualified", 600)];
    expect(leadsOf({ signals: [open(10)], labels })).toMatchObject([{ reason: "disqualified" }]);
    expect(leadsOf({ signals: [open(10), open(590)], labels })).toMatchObject([
      { reason: "unknown" },
      { reason: "disqualified" },
    ]);
  });

  test("is explained by who stepped in, since the run before", () => {
    expect(leadsOf({ signals: [open()], sends: [after(9)] })).toMatchObject([{ reason: "interrupted" }]);
    const taken = {
      key: "k",
      kind: "owner",
      source: "handover",
      appId: OURS,
      at: after(9),
      isLeadHandover: false,
    } as const;
    const facts = [{ ...taken, fromAppId: LEADGEN_APP_ID }];
    expect(leadsOf({ signals: [open()], facts })).toMatchObject([{ reason: "interrupted" }]);
    const before = told(referral("c", 9.5));
    expect(leadsOf({ signals: [before, open()], facts })).toMatchObject([{ reason: null }, { reason: "unknown" }]);
  });

  test("is explained by what the person wrote, or by their silence", () => {
    const heard = (minutes: number) => [{ mid: "m1", at: after(minutes), text: "Support" }];
    expect(leadsOf({ signals: [open()], heard: heard(9.5) })).toMatchObject([{ reason: "stopped" }]);
    expect(leadsOf({ signals: [open()], heard: heard(10 - 24 * HOURS) })).toMatchObject([{ reason: "abandoned" }]);
  });

  test("tells when the person must have acted, where no message was seen", () => {
    expect(fold({ signals: [open()] })?.probableActionAt).toEqual(after(10));
    expect(fold({ signals: [open()], heard: [{ mid: "m1", at: after(9), text: "Yes" }] })?.probableActionAt).toBeNull();
  });
});
