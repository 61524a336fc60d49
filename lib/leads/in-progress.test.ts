import { describe, expect, test } from "vitest";
import type { Control } from "#lib/threads/control.ts";
import { foldSignals, type Signal } from "./fold.ts";
import { answersHeard, type WeakSignal, withInProgress } from "./in-progress.ts";
import { after, HOURS, handover, keysOf, referral, SECONDS, sign } from "./signal-samples.ts";

const folded = (signals: Signal[], weak: WeakSignal[]) => withInProgress(foldSignals(signals), weak).runs;

describe("rule 10: leads in progress", () => {
  test("evidence without a run is a lead in progress since the first of it", () => {
    const [run] = folded([], [sign("w2", 3), sign("w1", 0), sign("w1", 0)]);
    expect(run).toMatchObject({ outcome: "in_progress", signals: [], answers: [], adId: null, at: after(0) });
    expect(keysOf(run === undefined ? [] : [run])).toEqual([["w1", "w2"]]);
  });

  test("the next run within 72 hours absorbs it", () => {
    const end = referral("r", 72 * HOURS, { outcome: "incomplete" });
    expect(keysOf(folded([end], [sign("w", 0)]))).toEqual([["r", "w"]]);
    expect(keysOf(folded([end], [sign("w", -1 * SECONDS)]))).toEqual([["w"], ["r"]]);
  });

  test("the next run, not a later one and not an earlier one", () => {
    const runs = [referral("a", 0), referral("b", 60), referral("c", 120)];
    expect(keysOf(folded(runs, [sign("w", 30)]))).toEqual([["a"], ["b", "w"], ["c"]]);
  });

  test("72 hours count from the latest sign of life", () => {
    const weak = [sign("w1", 0), sign("w2", 47 * HOURS)];
    expect(keysOf(folded([referral("r", 95 * HOURS)], weak))).toEqual([["r", "w1", "w2"]]);
  });

  test("after more than 72 hours of silence it is another lead", () => {
    expect(keysOf(folded([], [sign("w1", 0), sign("w2", 73 * HOURS)]))).toEqual([["w1"], ["w2"]]);
  });

  test("after a run the person may be in progress again", () => {
    expect(folded([referral("r", 0)], [sign("w", 30)]).map(({ outcome }) => outcome)).toEqual([
      "complete",
      "in_progress",
    ]);
  });

  test("evidence before a run and after it are two leads", () => {
    expect(keysOf(folded([referral("r", 0)], [sign("w1", -30), sign("w2", 30)]))).toEqual([["r", "w1"], ["w2"]]);
  });

  test("runs and flows stand in one order, by time and then by key", () => {
    const runs = folded([referral("m", 0)], [sign("z", 1), sign("b", 200 * HOURS), sign("a", -200 * HOURS)]);
    expect(runs.map(({ anchor }) => anchor.key)).toEqual(["a", "m", "z", "b"]);
    const [one, other] = [sign("a", 5), sign("b", 5)];
    expect(folded([], [other, one])[0]?.anchor.key).toBe("a");
    expect(folded([], [sign("w", 1), sign("w", 0)])).toMatchObject([{ at: after(0), weak: [{ at: after(0) }] }]);
  });

  test("evidence is handed over in the order of its times", () => {
    const [run] = folded([referral("r", 10)], [sign("b", 2), sign("c", 3), sign("a", 1)]);
    expect(run?.weak.map(({ key }) => key)).toEqual(["a", "b", "c"]);
    expect(run).toMatchObject({ outcome: "complete", anchor: { key: "r" } });
  });

  test("a message between a referral and its handover belongs to their run", () => {
    expect(keysOf(folded([referral("r", 0), handover("h", 1)], [sign("w", 0.5)]))).toEqual([["h", "r", "w"]]);
  });

  test("a referral dated to the whole second does not leave its last answer behind", () => {
    expect(keysOf(folded([referral("r", 0)], [sign("w", 0.9 * SECONDS)]))).toEqual([["r", "w"]]);
  });
});

describe("which messages tell of a running flow", () => {
  const since = (seconds: number, state: Control["state"]): Control => ({
    state,
    appId: null,
    since: after(seconds * SECONDS),
    expiresAt: null,
    source: "echo",
  });
  const message = (mid: string, seconds: number) => ({ mid, at: after(seconds * SECONDS) });
  const heard = (messages: { mid: string; at: Date }[], ...history: Control[]) =>
    answersHeard(messages, history).map(({ key }) => key);

  test("those written while Leadgen held the thread", () => {
    const messages = [message("before", -61), message("during", 5), message("after", 20)];
    expect(heard(messages, since(0, "leadgen"), since(10, "ours"))).toEqual(["message:during"]);
  });

  test("the one upon which it began, and none before that one", () => {
    expect(heard([message("chat", -3), message("first", -2)], since(0, "leadgen"))).toEqual(["message:first"]);
  });

  test("none more than a minute before it began, and of those within it the last", () => {
    expect(heard([message("first", -60)], since(0, "leadgen"))).toEqual(["message:first"]);
    expect(heard([message("first", -60.001)], since(0, "leadgen"))).toEqual([]);
    expect(heard([message("b", -2), message("c", -1), message("a", -3)], since(0, "leadgen"))).toEqual(["message:c"]);
    expect(heard([message("upon", 0)], since(0, "leadgen"))).toEqual(["message:upon"]);
  });

  test("upon each time it begins", () => {
    const history = [since(0, "leadgen"), since(10, "ours"), since(100, "leadgen")];
    expect(heard([message("a", -1), message("b", 50), message("c", 99)], ...history)).toEqual([
      "message:a",
      "message:c",
    ]);
    const [key] = answersHeard([message("a", -1)], history);
    expect(key).toEqual({ key: "message:a", at: after(-SECONDS) });
    expect(heard([message("a", -1)], { ...since(0, "leadgen"), since: null })).toEqual([]);
  });

  test("none where Leadgen was never heard of", () => {
    expect(heard([message("chat", 0)], since(-10, "ours"))).toEqual([]);
  });
});
