import "server-only";
import { z } from "zod";
import { askGraph } from "./ask-graph.ts";
import type { GraphFailure } from "./call-graph.ts";
import { urlField } from "./graph-fields.ts";
import type { GraphUsage } from "./graph-usage.ts";
import { readText } from "./storable-text.ts";

/** `pictureUrl` ends after some days; `username` is Instagram's. */
export type ProfileOutcome =
  | {
      outcome: "named";
      name: string;
      username: string | null;
      pictureUrl: string | null;
      usage: GraphUsage | null;
    }
  | { outcome: "nameless"; usage: GraphUsage | null }
  | GraphFailure;

const text = z
  .unknown()
  .optional()
  .transform((value) => readText(value)?.trim() || null);
const profile = z.object({ name: text, first_name: text, last_name: text, username: text, profile_pic: urlField });

/** Meta refuses fields of the other platform, so each is asked for its own. */
const FIELDS = {
  messenger: "id,name,first_name,last_name,profile_pic",
  instagram: "id,name,username,profile_pic",
};

/** A person as Meta shows them; `nameless` when Meta shows nobody to us, a failure when asking again may help. */
export async function getProfile(
  psid: string,
  token: string,
  platform: "messenger" | "instagram" = "messenger",
): Promise<ProfileOutcome> {
  const answer = await askGraph(
    { kind: "read", method: "GET", path: psid, token, query: { fields: FIELDS[platform] } },
    profile,
  );
  if (answer.outcome === "refused" && (answer.class === "input" || answer.class === "recipient")) {
    return { outcome: "nameless", usage: answer.usage };
  }
  if (answer.outcome !== "ok") return answer;
  const { name: whole, first_name, last_name, username, profile_pic: pictureUrl } = answer.value;
  const parts = [first_name, last_name].filter((part) => part !== null).join(" ");
  // On Instagram a name is optional, and people go by the other one.
  const name = whole ?? (parts === "" ? username : parts);
  return name === null
    ? { outcome: "nameless", usage: answer.usage }
    : { outcome: "named", name, username, pictureUrl, usage: answer.usage };
}
