/** Signals for tests, told in minutes after one fixed moment. */
import type { Signal } from "./fold.ts";
import type { WeakSignal } from "./in-progress.ts";
import type { Answer } from "./lead.ts";

export const SECONDS = 1 / 60;
export const HOURS = 60;

export function after(minutes: number): Date {
  return new Date(Date.UTC(2026, 9, 5, 8) + Math.round(minutes * 60_000));
}

/** answersOf("house Yes", "postcode 70173"): the first word asks, the rest answers. */
export function answersOf(...pairs: string[]): Answer[] {
  return pairs.map((pair) => {
    const [question = "", ...words] = pair.split(" ");
    return { question: `${question}?`, answer: words.join(" ") };
  });
}

function summaryText(answers: readonly Answer[]): string {
  return ["Lead summary:", ...answers.map(({ question, answer }) => `${question}: ${answer}`)].join("\n");
}

const blank = { outcome: "complete", adId: null, answers: [], text: null, isRecovered: false } as const;

export function referral(key: string, minutes: number, more: Partial<Signal> = {}): Signal {
  return { ...blank, answers: [], key, kind: "R", at: after(minutes), adId: "1", ...more };
}

export function recovered(key: string, minutes: number, more: Partial<Signal> = {}): Signal {
  return { ...blank, answers: [], key, kind: "R", at: after(minutes), isRecovered: true, ...more };
}

export function summary(key: string, minutes: number, answers: readonly Answer[], more: Partial<Signal> = {}): Signal {
  return { ...blank, answers: [], key, kind: "S", at: after(minutes), text: summaryText(answers), ...more };
}

export function handover(key: string, minutes: number, more: Partial<Signal> = {}): Signal {
  return { ...blank, answers: [], key, kind: "H", at: after(minutes), ...more };
}

export function sign(key: string, minutes: number): WeakSignal {
  return { key, at: after(minutes) };
}

/** Runs as sorted lists of keys, the way the tests speak of them. */
export function keysOf(runs: readonly { signals: readonly Signal[]; weak?: readonly WeakSignal[] }[]): string[][] {
  return runs.map(({ signals, weak = [] }) => [...signals, ...weak].map(({ key }) => key).sort());
}
