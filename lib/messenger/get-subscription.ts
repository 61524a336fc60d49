import "server-only";
import { z } from "zod";
import { env } from "#lib/env.ts";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { fullListOf, idField, textsField } from "./graph-fields.ts";

/** `isSubscribed` false: our app is not installed on the page, and Meta tells us nothing about it. */
export type PageSubscription = { isSubscribed: boolean; fields: string[] };

const app = z.object({ id: idField, subscribed_fields: textsField });
const answer = z.object({ data: fullListOf(app) }).transform(({ data }): PageSubscription => {
  const ours = data.find(({ id }) => id === env.META_APP_ID);
  return { isSubscribed: ours !== undefined, fields: ours?.subscribed_fields ?? [] };
});

/** Which of a page's events Meta delivers to our app. */
export function getSubscription(pageId: string, token: string): Promise<GraphAnswer<PageSubscription>> {
  return askGraph({ kind: "read", method: "GET", path: `${pageId}/subscribed_apps`, token }, answer);
}
