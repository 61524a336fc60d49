import { describe, expect, test } from "vitest";
import { askedFlows, type HeardMessage } from "./asked-flow.ts";
import { recoveredLeads } from "./recovered-lead.ts";
import { after, answersOf, handover, referral, SECONDS } from "./signal-samples.ts";

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

describe("questions and answers are paired", () => {
  test("each answer with the page's message before it, until somebody of the page's side writes", () => {
    const flows = askedFlows(told(...flow, "agent Hello, Jana here.", "person Hi Jana"));
    expect(flows.map(({ answers }) => answers.map(({ question, answer }) => `${question} ${answer}`))).toEqual([
      ["house? Yes", "postcode? 70173"],
    ]);
  });

  test("a reminder is no question, and another ad begins anew", () => {
    const reminded = askedFlows(told(...flow.slice(0, 4), "+180 page Still there?", "+5 person 70173"));
    expect(reminded.map(({ answers }) => answers.map(({ question }) => question))).toEqual([["house?", "postcode?"]]);
    const twice = askedFlows(told(...flow, "+90 page Welcome!", "page roof?", "+1 person Flat"));
    expect(twice.map(({ answers }) => answers.length)).toEqual([2, 1]);
  });
});

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
