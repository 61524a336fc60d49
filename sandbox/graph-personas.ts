import { z } from "zod";
import {
  asPage,
  type Call,
  callingPage,
  type Endpoint,
  need,
  paged,
  type Reply,
  readParam,
  success,
} from "./graph-call.ts";
import { refusals } from "./graph-errors.ts";
import { fieldsOf, pick } from "./graph-fields.ts";
import type { Persona } from "./graph-world.ts";
import { newNumber } from "./ids.ts";
import type { Page } from "./world.ts";

/** Personas: a name and a face to write under. */
const wanted = z.object({ name: z.string().min(1).max(50), profile_picture_url: z.url({ protocol: /^https?$/ }) });

export const personaEndpoint: Endpoint = (call) => {
  if (call.edge === "personas") {
    const page = asPage(call);
    if (page === null) throw refusals.notFound(call.object);
    need(call, "pages_messaging");
    return call.method === "POST" ? make(call, page) : list(call, page);
  }
  const persona = call.meta.world.graph.personas.find(({ id }) => id === call.object);
  if (persona === undefined || call.edge !== null) return null;
  const page = callingPage(call);
  if (persona.pageId !== page.id || persona.isDeleted) throw refusals.notFound(call.object);
  if (call.method !== "DELETE") return { json: view(call, persona) };
  // Kept for the messages that were written under it.
  persona.isDeleted = true;
  return success;
};

function make({ meta, params }: Call, page: Page): Reply {
  const { name, profile_picture_url: pictureUrl } = readParam(wanted, params);
  const { run, graph } = meta.world;
  const id = `4${String(run).padStart(4, "0")}${String(newNumber(meta.world)).padStart(11, "0")}`;
  graph.personas.push({ id, pageId: page.id, name, pictureUrl, isDeleted: false });
  return { json: { id } };
}

function list(call: Call, page: Page): Reply {
  const mine = call.meta.world.graph.personas.filter(({ pageId, isDeleted }) => pageId === page.id && !isDeleted);
  const { data, paging } = paged(call, mine, ({ id }) => id);
  return { json: { data: data.map((persona) => view(call, persona)), ...(paging === undefined ? {} : { paging }) } };
}

function view({ params }: Call, { id, name, pictureUrl }: Persona) {
  const known = { id: () => id, name: () => name, profile_picture_url: () => pictureUrl };
  return pick(known, fieldsOf(params, "name,profile_picture_url"));
}
