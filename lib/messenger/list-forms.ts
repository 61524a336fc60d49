import "server-only";
import { z } from "zod";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { fullListOf, nextField, requiredId, textField } from "./graph-fields.ts";

const form = z.object({ id: requiredId, status: textField });

const answer = z
  .object({ data: fullListOf(form), paging: nextField })
  .transform(({ data, paging }) => ({ forms: data, after: paging }));

/** The instant forms of a page, a page of them at a time. */
export function listForms(
  pageId: string,
  token: string,
  { after = null, limit = 100 }: { after?: string | null; limit?: number } = {},
): Promise<GraphAnswer<{ forms: { id: string; status: string | null }[]; after: string | null }>> {
  const query = { fields: "id,status", limit: String(limit), ...(after === null ? {} : { after }) };
  return askGraph({ kind: "read", method: "GET", path: `${pageId}/leadgen_forms`, token, query }, answer);
}
