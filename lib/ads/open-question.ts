/**
 * What Meta's documentation leaves open and real traffic can answer. A finding is one observed way; how often each
 * was seen is counted. Questions nobody's traffic can answer without asking Meta are not here.
 */
export const openQuestions = [
  "referralOrder",
  "referralTime",
  "pageInEntry",
  "referralChannel",
  "stopGivesReferral",
  "interruptionGivesReferral",
  "silenceEndsAfter",
  "hopContext",
  "summaryWords",
  "labelNames",
  "labelActions",
  "leadOnInstagram",
  "questionsAsEchoes",
  "questionsRunningCode",
  "adNames",
] as const;
export type OpenQuestion = (typeof openQuestions)[number];

/** `way` is a word the screen translates where it can, or what Meta wrote. */
export type Finding = { question: OpenQuestion; way: string; count: number };

/** Findings of one question, most frequent first. */
export function findingsOf(question: OpenQuestion, findings: readonly Finding[]): Finding[] {
  return findings
    .filter((finding) => finding.question === question && finding.count > 0)
    .toSorted((a, b) => b.count - a.count || (a.way < b.way ? -1 : 1));
}

/** Adds up what several places saw. */
export function addFindings(findings: readonly Finding[]): Finding[] {
  const sums = Map.groupBy(findings, ({ question, way }) => `${question} ${way}`);
  return [...sums.values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : [{ ...first, count: more.reduce((sum, { count }) => sum + count, first.count) }],
  );
}
