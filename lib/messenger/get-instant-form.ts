import "server-only";
import { z } from "zod";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { listOf, textField } from "./graph-fields.ts";

/** `questions`: the key that stands at an answer, and the question as people read it. */
export type InstantFormFacts = {
  name: string | null;
  locale: string | null;
  questions: { key: string; label: string }[];
};

const question = z
  .object({ key: z.string(), label: textField })
  .transform(({ key, label }) => ({ key, label: label ?? key }));
const form = z.object({ name: textField, locale: textField, questions: listOf(question) });

/** An instant form's name and questions. */
export function getInstantForm(formId: string, token: string): Promise<GraphAnswer<InstantFormFacts>> {
  const query = { fields: "id,name,locale,questions" };
  return askGraph({ kind: "read", method: "GET", path: formId, token, query }, form);
}
