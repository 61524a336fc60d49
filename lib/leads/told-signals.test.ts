import { describe, expect, test } from "vitest";
import { LEADGEN_APP_ID } from "#lib/messenger/app-ids.ts";
import { type LeadEvent, signalNews, signalOf } from "./told-signals.ts";

const at = new Date("2026-11-22T12:00:00.250Z");
const base = { pageId: "1", psid: "7", at, key: "k", position: 0, channel: "messaging", platform: "page" } as const;
const answers = [{ question: "house?", answer: "Yes" }];
const ad = { adId: "5", adTitle: null, postId: null, photoUrl: null, ref: null };

const referral = { ...base, ...ad, kind: "lead_referral", outcome: "complete", answers } as const satisfies LeadEvent;
const summary: LeadEvent = { ...base, kind: "lead_summary", mid: "m_1", text: "Lead summary:\nhouse? Yes" };
const handover = {
  ...base,
  kind: "handover",
  op: "pass",
  from: LEADGEN_APP_ID,
  to: "900",
  metadata: null,
  lead: "incomplete",
} as const satisfies LeadEvent;

describe("an event of Leadgen's", () => {
  const told = { key: "k", at, adId: null, answers: [], text: null, isRecovered: false };

  test.each<[LeadEvent, object]>([
    [referral, { kind: "R", outcome: "complete", adId: "5", answers }],
    [
      { ...referral, outcome: "incomplete" },
      { kind: "R", outcome: "incomplete", adId: "5", answers },
    ],
    [summary, { kind: "S", outcome: "complete", text: "Lead summary:\nhouse? Yes" }],
    [handover, { kind: "H", outcome: "incomplete" }],
    [
      { ...handover, lead: "complete" },
      { kind: "H", outcome: "complete" },
    ],
  ])("is a signal: %j", (event, signal) => expect(signalOf(event)).toEqual({ ...told, ...signal }));

  test("of a complete run opens the window, of an incomplete one nobody acted", () => {
    const opened = { lastAction: { at, opener: "lead" }, firstAdMessageAt: at };
    expect(signalNews(referral)).toMatchObject(opened);
    expect(signalNews(summary)).toEqual(opened);
    expect(signalNews({ ...handover, lead: "complete" })).toEqual(opened);
    expect(signalNews(handover)).toEqual({});
    expect(Object.keys(signalNews({ ...referral, outcome: "incomplete" }))).toEqual(["facts"]);
  });

  test("with the answers says that Leadgen let go, at the end of its second where seconds are counted", () => {
    const fact = { key: "k", kind: "released", source: "handover", appId: LEADGEN_APP_ID, at, isLeadHandover: false };
    expect(signalNews(referral).facts).toEqual([fact]);
    const whole = { ...referral, at: new Date("2026-11-22T12:00:01Z") };
    expect(signalNews(whole).facts).toEqual([{ ...fact, at: new Date("2026-11-22T12:00:01.999Z") }]);
  });
});
