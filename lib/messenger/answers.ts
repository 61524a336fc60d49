import { readText, storableText } from "./storable-text.ts";

/** One question of a lead ad with the reply given. Questions have no ids, and the same text can stand twice. */
export type Answer = { question: string; answer: string };

/** The pairs of a referral in their order. What is no pair is left out; what is half a pair keeps its half. */
export function readAnswers(data: unknown): Answer[] {
  if (!Array.isArray(data)) return [];
  return data.flatMap((pair: unknown) => {
    if (typeof pair !== "object" || pair === null) return [];
    const question = "question" in pair ? answerText(pair.question) : "";
    const answer = "answer" in pair ? answerText(pair.answer) : "";
    return question === "" && answer === "" ? [] : [{ question, answer }];
  });
}

/** Several choices may come as a list; Meta documents only text. Anything stranger is shown as it was sent. */
function answerText(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = readText(value);
  if (text !== null) return text;
  if (Array.isArray(value) && value.every((part) => readText(part) !== null)) {
    return value.map(readText).join(", ");
  }
  return storableText(JSON.stringify(value));
}
