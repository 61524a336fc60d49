import "server-only";
import type { z } from "zod";
import { callGraph, type GraphFailure, type GraphRequest } from "./call-graph.ts";
import type { GraphUsage } from "./graph-usage.ts";

/** What was asked for, or how asking failed. `usage` is for whoever keeps count of a page's limits. */
export type GraphAnswer<T> = { outcome: "ok"; value: T; usage: GraphUsage | null } | GraphFailure;

/** A call whose answer has to read as the schema says; one that does not is as good as none. */
export async function askGraph<T>(request: GraphRequest, schema: z.ZodType<T>): Promise<GraphAnswer<T>> {
  const answer = await callGraph(request);
  if (answer.outcome !== "ok") return answer;
  const read = schema.safeParse(answer.data);
  if (!read.success) return { outcome: "unclear", reason: "an answer in another shape", usage: answer.usage };
  return { outcome: "ok", value: read.data, usage: answer.usage };
}
