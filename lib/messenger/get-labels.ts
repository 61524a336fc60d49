import "server-only";
import { z } from "zod";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { fullListOf } from "./graph-fields.ts";
import { readMetaId } from "./meta-id.ts";
import { readText } from "./storable-text.ts";

export type Label = { id: string | null; name: string };

// Asked for on a label of ours the name is page_label_name; some of Meta's own labels have a plain name.
const label = z
  .object({ id: z.unknown(), page_label_name: z.unknown(), name: z.unknown() })
  .partial()
  .transform(({ id, page_label_name, name }) => ({
    id: readMetaId(id),
    name: readText(page_label_name) ?? readText(name),
  }));
const labels = z
  .object({ data: fullListOf(label) })
  .transform(({ data }): Label[] => data.flatMap(({ id, name }) => (name === null ? [] : [{ id, name }])));

/** The labels a person has on a page, those Meta sets at the end of an ad's questions among them. */
export function getLabels(psid: string, token: string): Promise<GraphAnswer<Label[]>> {
  const query = { fields: "id,page_label_name", limit: "100" };
  return askGraph({ kind: "read", method: "GET", path: `${psid}/custom_labels`, token, query }, labels);
}
