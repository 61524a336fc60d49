import type { Ad, Question } from "./world-ads.ts";

/** The way through a template: forward only, from answer to answer. */
export type Next =
  | { kind: "ask"; step: number; question: Question }
  | { kind: "complete" }
  /** `step` is the end that was jumped to; null for an answer that disqualifies by itself. */
  | { kind: "disqualified"; step: number | null };

/** What comes after an answer; after null, a skipped question. Ends that nobody jumped to are passed over. */
export function nextStep(ad: Ad, step: number, answer: string | null): Next {
  const asked = ad.questions[step];
  if (asked !== undefined && answer !== null && asked.disqualifies.includes(answer)) {
    return { kind: "disqualified", step: null };
  }
  const jump = answer === null ? undefined : asked?.jumps[answer];
  const target = jump === undefined ? -1 : ad.questions.findIndex(({ id }) => id === jump);
  const from = target > step ? target : step + 1;
  if (target > step && ad.questions[target]?.isDisqualification === true) return { kind: "disqualified", step: target };
  return firstQuestion(ad, from);
}

export function firstQuestion(ad: Ad, from: number): Next {
  const ahead = ad.questions.findIndex((question, index) => index >= from && !question.isDisqualification);
  const question = ad.questions[ahead];
  return question === undefined ? { kind: "complete" } : { kind: "ask", step: ahead, question };
}

/** The choices of a question that end the flow as disqualified, by themselves or by where they lead. */
export function disqualifying(ad: Ad, question: Question): string[] {
  const ends = ad.questions.filter(({ isDisqualification }) => isDisqualification).map(({ id }) => id);
  const leading = question.choices.filter((choice) => ends.includes(question.jumps[choice] ?? ""));
  return [...new Set([...question.disqualifies, ...leading])];
}

export const questionsOf = (ad: Ad) => ad.questions.filter(({ isDisqualification }) => !isDisqualification);
