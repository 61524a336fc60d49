/**
 * The answers of an instant form. Meta keys them by slugs in the form's language and wraps each in a list; people
 * read the form's own questions, or the words of Meta's standard fields.
 */
import { z } from "zod";
import type { Answer } from "./lead.ts";

type Field = { key: string; values: readonly string[] };

const questions = z.array(z.object({ key: z.string(), label: z.string() })).catch([]);

/** In the order Meta gives them; several values of one question are one answer. */
export function formAnswers(fields: readonly Field[], formQuestions: unknown): Answer[] {
  const labels = new Map(questions.parse(formQuestions).map(({ key, label }) => [key, label]));
  return fields.map(({ key, values }) => ({
    question: labels.get(key) ?? key.replaceAll("_", " "),
    answer: values.join(", "),
  }));
}

const FULL = ["full_name", "name", "vollständiger_name", "vor-_und_nachname"];
const FIRST = ["first_name", "vorname"];
const LAST = ["last_name", "nachname"];

/** The name people entered, as far as the form asked for one. */
export function fullNameOf(fields: readonly Field[]): string | null {
  const entered = (keys: readonly string[]) =>
    fields
      .find(({ key }) => keys.includes(key.toLowerCase()))
      ?.values.join(" ")
      .trim() || null;
  const parts = [entered(FIRST), entered(LAST)].filter((part) => part !== null).join(" ");
  return entered(FULL) ?? (parts === "" ? null : parts);
}
