/**
 * Whether a lead summary tells of the same answers as a referral. The summary is prose, one "question: answer"
 * per line with nothing escaped: read alone, an answer with a line break or a ": " in it is a guess. Here the
 * questions are known, so each is looked for at the start of a line and its answer right after it; answers
 * of every kind then agree with themselves.
 */
import type { Answer } from "./lead.ts";
import { plainText } from "./plain-text.ts";

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/u;

/** True when they share a question and answer none differently. */
export function summaryAgrees(text: string, answers: readonly Answer[]): boolean {
  const summary = readSummary(text);
  let sharesQuestion = false;

  for (const [question, given] of byQuestion(answers)) {
    const places = summary.lineStarts.filter((start) => summary.words.startsWith(`${question}:`, start));
    if (places.length > 0) sharesQuestion = true;
    // The same question may come twice: the first is compared with the first, the second with the second.
    for (const [index, start] of places.entries()) {
      const answer = given[index];
      if (answer !== undefined && !says(summary, start + question.length + 1, answer)) return false;
    }
  }
  return sharesQuestion;
}

/** The words in one line with single blanks, and where the lines of the original begin in it. */
type Summary = { words: string; lineStarts: number[] };

function readSummary(text: string): Summary {
  const lines = text
    .split(LINE_BREAK)
    .map(plainText)
    .filter((line) => line !== "");
  let start = 0;
  const lineStarts = lines.map((line) => {
    const here = start;
    start += line.length + 1;
    return here;
  });
  return { words: lines.join(" "), lineStarts };
}

function says(summary: Summary, colonEnd: number, answer: string): boolean {
  const expected = answer === "" ? "" : ` ${answer}`;
  const end = colonEnd + expected.length;
  const endsLine = end === summary.words.length || summary.lineStarts.includes(end + 1);
  return endsLine && summary.words.startsWith(expected, colonEnd);
}

function byQuestion(answers: readonly Answer[]): Map<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const { question, answer } of answers) {
    const key = plainText(question);
    grouped.set(key, [...(grouped.get(key) ?? []), plainText(answer)]);
  }
  return grouped;
}
