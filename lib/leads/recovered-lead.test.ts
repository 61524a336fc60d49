import { describe, expect, test } from "vitest";
import { askedFlows, type HeardMessage } from "./asked-flow.ts";
import { recoveredLeads } from "./recovered-lead.ts";
import { after, answersOf, HOURS, handover, referral, SECONDS, summary } from "./signal-samples.ts";

/** told("page Own house?", "person Yes"): a second apart, `+n` before the words waits n minutes. */
function told(...said: string[]): HeardMessage[] {
  let minutes = 0;
  return said.map((line, i) => {
    const [, wait, who, text = ""] = /^(?:\+(\d+) )?(\w+) (.*)$/.exec(line) ?? [];
    minutes += wait === undefined ? SECONDS : Number(wait);
    return { mid: `m${i}`, isFromPerson: who === "person", isByHuman: who === "agent", text, at: after(minutes) };
  });
}

const flow = ["page Welcome!", "page house?", "+2 person Yes", "page postcode?", "+1 person 70173", "page Thank you!"];
const nothing = { signals: [], labels: [], forms: [], confirmations: ["Thank you!"], readAt: after(600) };
const label = (name: string, minutes: number) => ({ key: name, name, isRemoval: false, at: after(minutes) });
const find = (messages: HeardMessage[], more: Partial<Parameters<typeof recoveredLeads>[1]>) =>
  recoveredLeads(askedFlows(messages), { ...nothing, ...more }).flatMap(({ signal }) =>
    signal === null ? [] : [{ outcome: signal.outcome, answers: signal.answers }],
  );
const whole = answersOf("house Yes", "postcode 70173");

describe("only evidence makes a lead of them", () => {
  test("a mere conversation is none", () => {
    expect(find(told(...flow), {})).toEqual([]);
    const known = { forms: [["house?", "roof?"]] };
    expect(find(told("page Good day.", "+1 person house?", "+4 page Which one?", "+1 person Mine"), known)).toEqual([]);
  });

  test.each([
    ["Lead Complete", "complete"],
    ["Lead Disqualified", "incomplete"],
    ["Lead Incomplete", "incomplete"],
  ])("the label %s tells that they ran, and how they ended", (name, outcome) => {
    expect(find(told(...flow), { labels: [label(name, 30)] })).toEqual([{ outcome, answers: whole }]);
  });

  test("while they run nothing has ended, but the answers are evidence", () => {
    const labels = [label("Lead in Progress", 3)];
    expect(find(told(...flow), { labels })).toEqual([]);
    expect(recoveredLeads(askedFlows(told(...flow)), { ...nothing, labels })).toHaveLength(1);
  });

  test("a label that a signal of Meta's explains says nothing of what was said later", () => {
    const talk = told("+90 page Good day.", "+1 person Hello", "page How are you?", "+1 person Fine");
    const signals = [referral("r", 10, { answers: whole })];
    expect(find(talk, { labels: [label("Lead Complete", 300)], signals })).toEqual([]);
  });

  test("a handover gets the answers before it", () => {
    const signals = [handover("h", 3 + 4 * SECONDS, { outcome: "incomplete" })];
    const more = told(...flow, "+9 person Are you there?");
    expect(find(more, { signals })).toEqual([{ outcome: "incomplete", answers: whole }]);
  });

  test("an answer to the last question may be the word that stopped them: only the page's thanks make a lead complete", () => {
    const forms = [["house?", "postcode?"]];
    const stopped = told(...flow.slice(0, 4), "+1 person support", "page A person will help you.");
    const answers = answersOf("house Yes", "postcode support");
    expect(find(stopped, { forms })).toEqual([{ outcome: "incomplete", answers }]);
    expect(find(stopped, { forms, labels: [label("Lead Incomplete", 30)] })).toEqual([
      { outcome: "incomplete", answers },
    ]);
    expect(find(told(...flow), { forms, confirmations: [] })).toEqual([{ outcome: "incomplete", answers: whole }]);
    const late = told(...flow.slice(0, 5), "+9 page Thank you!");
    expect(find(late, { forms })).toEqual([{ outcome: "incomplete", answers: whole }]);
    // A question that is repeated after other leads' ends is a question still.
    const asked = { forms, confirmations: ["postcode?"] };
    expect(find(told(...flow), asked)).toEqual([{ outcome: "incomplete", answers: whole }]);
  });

  test("what people say after the page's thanks or regrets is no answer", () => {
    const more = told(...flow, "person Sorry, it is 70174");
    for (const name of ["Lead Complete", "Lead Disqualified"]) {
      expect(find(more, { labels: [label(name, 30)] })).toMatchObject([{ answers: whole }]);
    }
    const kept = answersOf("house Yes", "postcode support");
    const stopped = told(...flow.slice(0, 4), "+1 person support");
    expect(find(stopped, { labels: [label("Lead Incomplete", 30)] })).toEqual([
      { outcome: "incomplete", answers: kept },
    ]);
  });

  test("questions of other leads are known again, and what was said after them is cut off", () => {
    const more = told(...flow, "+9 person When do you call?");
    expect(find(more, { forms: [["house?", "postcode?"]] })).toEqual([{ outcome: "complete", answers: whole }]);
    const longer = { forms: [["house?", "postcode?", "phone?"]] };
    expect(find(more, longer)).toEqual([{ outcome: "incomplete", answers: whole }]);
  });

  test("where only the end of it still shows, what comes after an ad's last question is cut off, too", () => {
    const end = told("page postcode?", "+1 person 70173", "page Thank you!", "+4 person When do you call?");
    const more = { forms: [["house?", "postcode?"]], labels: [label("Lead Complete", 30)] };
    expect(find(end, more)).toEqual([{ outcome: "complete", answers: answersOf("postcode 70173") }]);
  });

  test("an ad's first question is enough where a machine ended it", () => {
    const ended = told("page Welcome!", "page house?", "+1 person No", "page What a pity.", "+4 person Why?");
    expect(find(ended, { forms: [["house?", "postcode?"]] })).toEqual([
      { outcome: "incomplete", answers: answersOf("house No") },
    ]);
    const labelled = { forms: [["house?", "postcode?"]], labels: [label("Lead Disqualified", 30)] };
    expect(find(ended, labelled)).toEqual([{ outcome: "incomplete", answers: answersOf("house No") }]);
  });
});

describe("what is found", () => {
  const forms = [["house?", "postcode?"]];

  test("counts as a referral without an ad, at its last answer, and names the answers' messages", () => {
    expect(recoveredLeads(askedFlows(told(...flow)), { ...nothing, forms })).toEqual([
      {
        mids: [
          { mid: "m2", at: after(2 + 2 * SECONDS) },
          { mid: "m4", at: after(3 + 3 * SECONDS) },
        ],
        signal: {
          key: "recovered:m2",
          kind: "R",
          at: after(3 + 3 * SECONDS),
          outcome: "complete",
          adId: null,
          answers: whole,
          text: null,
          isRecovered: true,
        },
      },
    ]);
  });

  test("still runs while the next answer may come, two days long", () => {
    const asked = told(...flow.slice(0, 4));
    const at = (hours: number) => find(asked, { forms, labels: [], readAt: after(2 + 2 * SECONDS + hours * HOURS) });
    const first = { forms: [["house?", "postcode?"]] };
    expect(find(asked, { ...first, readAt: after(100) })).toEqual([]);
    expect(recoveredLeads(askedFlows(asked), { ...nothing, ...first, readAt: after(100) })).toMatchObject([
      { signal: null, mids: [{ mid: "m2" }] },
    ]);
    expect(at(48 - 0.01)).toEqual([]);
    expect(at(48)).toEqual([{ outcome: "incomplete", answers: answersOf("house Yes") }]);
  });

  test("has ended where the page said something that is no question of the ad's", () => {
    const ended = told("page house?", "+1 person No", "page What a pity.");
    expect(find(ended, { forms, readAt: after(3) })).toEqual([
      { outcome: "incomplete", answers: answersOf("house No") },
    ]);
  });

  test("is complete only by thanks that are no question themselves, after a last question of more than one", () => {
    expect(find(told(...flow), { forms })).toEqual([{ outcome: "complete", answers: whole }]);
    const one = told("page house?", "+1 person Yes", "page Thank you!");
    expect(find(one, { forms: [["house?"]] })).toEqual([{ outcome: "incomplete", answers: answersOf("house Yes") }]);
    expect(find(told(...flow), { forms, confirmations: ["Thank  you! "] })).toEqual([
      { outcome: "complete", answers: whole },
    ]);
  });

  test("one known question alone is chance, unless it is an ad's first or last and a machine went on", () => {
    const middle = { forms: [["a?", "house?", "b?"]] };
    const said = told("page Welcome!", "page house?", "+1 person Yes", "page Thank you!");
    expect(find(said, middle)).toEqual([]);
    expect(find(said, { forms: [["house?", "b?"]] })).toHaveLength(1);
    expect(find(said, { forms: [["a?", "house?"]] })).toHaveLength(1);
    const slow = told("page Welcome!", "page house?", "+1 person Yes", "+1 page Thank you!");
    expect(find(slow, { forms: [["house?", "b?"]] })).toEqual([]);
  });

  test("two known questions are enough, wherever they stand in the ad", () => {
    const forms3 = [["a?", "house?", "postcode?", "b?"]];
    expect(find(told(...flow), { forms: forms3 })).toEqual([{ outcome: "incomplete", answers: whole }]);
    const chatted = told(
      "page How are you?",
      "+1 person Fine",
      "page house?",
      "+1 person Yes",
      "page postcode?",
      "+1 person 70173",
      "page Thank you!",
    );
    expect(find(chatted, { forms: forms3 })).toEqual([{ outcome: "incomplete", answers: whole }]);
  });
});

describe("a handover", () => {
  test("ends the latest flow that began before it, within 72 hours of an answer", () => {
    const end = (minutes: number) => find(told(...flow), { signals: [handover("h", minutes)] });
    const last = 3 + 3 * SECONDS;
    expect(end(last)).toEqual([{ outcome: "complete", answers: whole }]);
    expect(end(last - SECONDS)).toEqual([{ outcome: "complete", answers: whole }]);
    expect(end(last - 2 * SECONDS)).toEqual([{ outcome: "complete", answers: answersOf("house Yes") }]);
    expect(end(last + 72 * HOURS)).toEqual([{ outcome: "complete", answers: whole }]);
    expect(end(last + 72 * HOURS + SECONDS)).toEqual([]);
    expect(end(0)).toEqual([]);
  });

  test("of two, each ends its own, and the earlier one ends the first", () => {
    const twice = told(...flow, "+90 page Welcome!", "page roof?", "+1 person Flat");
    const roof = answersOf("roof Flat");
    const late = handover("late", 120, { outcome: "incomplete" });
    expect(find(twice, { signals: [late, handover("early", 10)] })).toEqual([
      { outcome: "complete", answers: whole },
      { outcome: "incomplete", answers: roof },
    ]);
    expect(find(twice, { signals: [late] })).toEqual([{ outcome: "incomplete", answers: roof }]);
    expect(find(told(...flow), { signals: [handover("b", 20), handover("a", 10, { outcome: "incomplete" })] })).toEqual(
      [{ outcome: "incomplete", answers: whole }],
    );
  });

  test("is one by itself: a referral or a summary ends nothing", () => {
    expect(find(told(...flow), { signals: [referral("r", 10), summary("s", 10, whole)] })).toEqual([]);
  });
});

describe("a label", () => {
  const roof = answersOf("roof Flat");
  const twice = told(...flow, "+90 page Welcome!", "page roof?", "+1 person Flat");
  const both = (...labels: ReturnType<typeof label>[]) => find(twice, { labels });

  test("speaks of the longest flow before it, and of the first of equally long ones", () => {
    expect(both(label("Lead Complete", 300))).toEqual([{ outcome: "complete", answers: whole }]);
    const equal = told("page a?", "+1 person One", "+90 page b?", "+1 person Two");
    expect(find(equal, { labels: [label("Lead Complete", 300)] })).toEqual([
      { outcome: "complete", answers: answersOf("a One") },
    ]);
  });

  test("may come 15 minutes before the last answer, not more", () => {
    const one = told("page a?", "+60 person One");
    const end = 60 + SECONDS;
    expect(find(one, { labels: [label("Lead Complete", end - 15)] })).toHaveLength(1);
    expect(find(one, { labels: [label("Lead Complete", end - 15 - SECONDS)] })).toHaveLength(0);
  });

  test("after another ending speaks of what came since then", () => {
    expect(both(label("Lead Incomplete", 300), label("Lead Complete", 30))).toEqual([
      { outcome: "complete", answers: whole },
      { outcome: "incomplete", answers: roof },
    ]);
    // That an ad's questions run again ends nothing.
    expect(both(label("Lead in Progress", 30), label("Lead Complete", 300))).toEqual([
      { outcome: "complete", answers: whole },
    ]);
  });

  test("found on the person once more tells nothing new, and neither does one of people's", () => {
    expect(both(label("Lead Complete", 30), { ...label("Lead Complete", 300), key: "again" })).toEqual([
      { outcome: "complete", answers: whole },
    ]);
    expect(
      both(label("Lead Complete", 30), label("VIP", 40), { ...label("Lead Complete", 300), key: "again" }),
    ).toEqual([{ outcome: "complete", answers: whole }]);
    expect(both(label("VIP", 300))).toEqual([]);
  });

  test("that was taken off says nothing", () => {
    expect(both({ ...label("Lead Complete", 300), isRemoval: true })).toEqual([]);
  });

  test("is explained by a signal of the same word before the flow, since the label before", () => {
    const talk = told("+90 page Good day.", "+1 person Hello");
    const said = (name: string, outcome: "complete" | "incomplete", minutes: number) =>
      find(talk, { labels: [label(name, 300)], signals: [referral("r", minutes, { outcome })] }).length;
    expect(said("Lead Complete", "complete", 10)).toBe(0);
    expect(said("Lead Complete", "incomplete", 10)).toBe(1);
    expect(said("Lead Disqualified", "incomplete", 10)).toBe(0);
    expect(said("Lead Incomplete", "incomplete", 10)).toBe(0);
    expect(said("Lead Complete", "complete", 120)).toBe(1);
    const labels = [label("Lead Incomplete", 20), label("Lead Complete", 300)];
    expect(find(talk, { labels, signals: [referral("r", 10)] })).toHaveLength(1);
    expect(find(talk, { labels, signals: [referral("r", 20)] })).toHaveLength(0);
  });
});
