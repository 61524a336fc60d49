import type { Answer } from "./answers.ts";

/**
 * The pairs of a summary, one per line after the heading. A question may hold ": " itself, an answer hardly ever, so
 * the last one divides. An answer with a line break in it cannot be told from a new pair; the referral's answers win.
 */
export function parseLeadSummary(text: string): Answer[] {
  // The heading may be translated, so only its place says what it is.
  const [, ...lines] = text.split(/\r?\n/);
  return lines.reduce<Answer[]>((pairs, line) => {
    const divide = line.lastIndexOf(": ");
    if (divide > 0) {
      pairs.push({ question: line.slice(0, divide), answer: line.slice(divide + 2) });
      return pairs;
    }
    if (/.:\s*$/.test(line)) {
      pairs.push({ question: line.replace(/:\s*$/, ""), answer: "" });
      return pairs;
    }
    const last = pairs.at(-1);
    if (last !== undefined && line !== "") last.answer += `\n${line}`;
    return pairs;
  }, []);
}
