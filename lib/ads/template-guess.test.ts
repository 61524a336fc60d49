import { describe, expect, test } from "vitest";
import { type AdEvidence, adviceFor, guessTemplate, noEvidence, type TemplateSetting } from "./template-guess.ts";

const guessed = (setting: TemplateSetting, more: Partial<AdEvidence>) =>
  guessTemplate({ ...noEvidence, ...more }).find((guess) => guess.setting === setting);

describe("what an ad's template seems to be set to", () => {
  test("is unknown without a lead", () => {
    expect(guessTemplate(noEvidence).map(({ value }) => value)).toEqual(Array(5).fill("unknown"));
    expect(adviceFor(noEvidence)).toEqual([]);
  });

  test("one handover proves that our app is connected", () => {
    expect(guessed("app", { leads: 9, referrals: 9, handovers: 1 })).toEqual({ setting: "app", value: "on", from: 1 });
  });

  test("referrals without any handover say that no app is connected, from three on", () => {
    expect(guessed("app", { leads: 2, referrals: 2 })).toMatchObject({ value: "unknown" });
    expect(guessed("app", { leads: 3, referrals: 3 })).toMatchObject({ value: "off", from: 3 });
    expect(adviceFor({ ...noEvidence, leads: 3, referrals: 3 })).toEqual(["connectApp"]);
  });

  test("a missing summary says something only where an app is connected", () => {
    expect(guessed("summary", { leads: 5, complete: 5, referrals: 5 })).toMatchObject({ value: "unknown" });
    const connected = { leads: 5, complete: 5, referrals: 5, handovers: 5 };
    expect(guessed("summary", connected)).toMatchObject({ value: "off", from: 5 });
    expect(guessed("summary", { ...connected, summaries: 1 })).toMatchObject({ value: "on", from: 1 });
    expect(adviceFor({ ...noEvidence, ...connected })).toEqual(["sendSummary"]);
  });

  test("answers heard one by one say that messages are not held back; a refusal says they are", () => {
    expect(guessed("sendApi", { leads: 5, heard: 2 })).toMatchObject({ value: "off", from: 2 });
    expect(guessed("sendApi", { leads: 5, heard: 2, refused: 1 })).toMatchObject({ value: "on", from: 1 });
    expect(guessed("sendApi", { leads: 5 })).toMatchObject({ value: "on", from: 5 });
  });

  test("interruptions and stop words are only ever proven", () => {
    expect(guessed("interrupt", { leads: 99, interruptedByUs: 1 })).toMatchObject({ value: "on" });
    expect(guessed("interrupt", { leads: 99 })).toMatchObject({ value: "unknown" });
    expect(guessed("keywords", { leads: 99, stopped: 2, stopWords: ["stop"] })).toMatchObject({ value: "on", from: 2 });
    expect(adviceFor({ ...noEvidence, stopped: 2 })).toContain("answerKeywords");
  });
});
