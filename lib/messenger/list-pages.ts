import "server-only";
import { z } from "zod";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { fullListOf, nextField, requiredId, textField, textsField } from "./graph-fields.ts";

export type GrantedPage = {
  id: string;
  name: string;
  /** The page's own token. */
  token: string;
  /** What the person may do there: MESSAGING, MODERATE, ADVERTISE, ANALYZE … */
  tasks: string[];
  instagram: { id: string; username: string | null } | null;
};

const page = z
  .object({
    id: requiredId,
    name: textField,
    access_token: z.string().min(1),
    tasks: textsField,
    instagram_business_account: z.object({ id: requiredId, username: textField }).nullish().catch(null),
  })
  .transform(
    ({ id, name, access_token, tasks, instagram_business_account: instagram }): GrantedPage => ({
      id,
      name: name ?? id,
      token: access_token,
      tasks,
      instagram: instagram ?? null,
    }),
  );
const answer = z.object({ data: fullListOf(page), paging: nextField });

const FIELDS = "id,name,access_token,tasks,instagram_business_account{id,username}";
/** Nobody chooses among more pages than this. */
const MOST_CALLS = 20;

/** The pages a person let us see, with a token for each. */
export async function listPages(userToken: string): Promise<GraphAnswer<GrantedPage[]>> {
  const pages: GrantedPage[] = [];
  let after: string | null = null;
  for (let call = 1; ; call += 1) {
    const part: GraphAnswer<z.infer<typeof answer>> = await askGraph(
      {
        kind: "read",
        method: "GET",
        path: "me/accounts",
        token: userToken,
        query: { fields: FIELDS, limit: "100", ...(after === null ? {} : { after }) },
      },
      answer,
    );
    if (part.outcome !== "ok") return part;
    pages.push(...part.value.data);
    after = part.value.paging;
    if (after === null || call === MOST_CALLS) return { ...part, value: pages };
  }
}
