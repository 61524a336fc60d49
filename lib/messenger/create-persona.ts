import "server-only";
import { z } from "zod";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { requiredId } from "./graph-fields.ts";

/** Meta fetches the picture itself, up to 8 MB: its address must be open to Meta. */
export type NewPersona = { name: string; pictureUrl: string };

const MAX_NAME = 50;

const answer = z.object({ id: requiredId }).transform(({ id }) => id);

/** Makes a name and picture a page's messages can carry, and returns its id. Each call makes another one. */
export function createPersona(pageId: string, persona: NewPersona, token: string): Promise<GraphAnswer<string>> {
  const name = [...persona.name.trim()].slice(0, MAX_NAME).join("");
  const body = { name, profile_picture_url: persona.pictureUrl };
  return askGraph({ kind: "control", method: "POST", path: `${pageId}/personas`, token, body }, answer);
}
