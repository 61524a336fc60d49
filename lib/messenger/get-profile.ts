import "server-only";
import { z } from "zod";
import { callGraph, type GraphFailure } from "./call-graph.ts";
import { readText } from "./storable-text.ts";

export type ProfileOutcome = { outcome: "named"; name: string } | { outcome: "nameless" } | GraphFailure;

const text = z
  .unknown()
  .optional()
  .transform((value) => readText(value)?.trim() || null);
const profile = z.object({ name: text, first_name: text, last_name: text });

/** A person's name as Meta gives it; `nameless` when Meta gives none to us, a failure when asking again may help. */
export async function getProfile(psid: string, token: string): Promise<ProfileOutcome> {
  const answer = await callGraph({
    kind: "read",
    method: "GET",
    path: psid,
    token,
    query: { fields: "id,name,first_name,last_name" },
  });
  if (answer.outcome === "refused" && (answer.class === "input" || answer.class === "recipient")) {
    return { outcome: "nameless" };
  }
  if (answer.outcome !== "ok") return answer;
  const read = profile.safeParse(answer.data);
  if (!read.success) return { outcome: "nameless" };
  const parts = [read.data.first_name, read.data.last_name].filter((part) => part !== null).join(" ");
  const name = read.data.name ?? (parts === "" ? null : parts);
  return name === null ? { outcome: "nameless" } : { outcome: "named", name };
}
