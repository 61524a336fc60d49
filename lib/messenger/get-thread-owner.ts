import "server-only";
import { z } from "zod";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { idField, listOf, timeField } from "./graph-fields.ts";

/**
 * Who has a thread, as far as Meta tells us: in full to the owner and the default app, to others only until when.
 * `nobody` is what an idle thread looks like, and no proof: Meta's own assistant does not show here either.
 */
export type ThreadOwner =
  | { state: "app"; appId: string; expiresAt: Date | null }
  | { state: "hidden"; expiresAt: Date | null }
  | { state: "nobody" };

const HIDDEN_FROM_US = 2018234;

const entry = z
  .object({ thread_owner: z.object({ app_id: idField, expiration: timeField }) })
  .transform(({ thread_owner }) => thread_owner);
const answer = z.object({ data: listOf(entry) }).transform(({ data: [first] }): ThreadOwner => {
  if (first === undefined) return { state: "nobody" };
  const { app_id: appId, expiration: expiresAt } = first;
  if (appId !== null) return { state: "app", appId, expiresAt };
  return expiresAt === null ? { state: "nobody" } : { state: "hidden", expiresAt };
});

/** Asks who has a thread. `pageId` is the path: for an Instagram account its Facebook page. */
export async function getThreadOwner(
  { pageId, psid }: { pageId: string; psid: string },
  token: string,
): Promise<GraphAnswer<ThreadOwner>> {
  // Here, and nowhere else, the recipient is the bare id.
  const query = { recipient: psid };
  const owner = await askGraph({ kind: "read", method: "GET", path: `${pageId}/thread_owner`, token, query }, answer);
  if (owner.outcome !== "refused" || owner.subcode !== HIDDEN_FROM_US) return owner;
  return { outcome: "ok", value: { state: "hidden", expiresAt: null }, usage: owner.usage };
}
