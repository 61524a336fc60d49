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
import { knownThread } from "./graph-send.ts";
import type { Label } from "./graph-world.ts";
import { labelId } from "./ids.ts";
import { tellLabel } from "./tell.ts";
import type { Page } from "./world.ts";

/** Labels of a page and of the people in its inbox. */
export const labelEndpoint: Endpoint = (call) => {
  const { edge, object, meta } = call;
  if (edge === "custom_labels") {
    const page = asPage(call);
    if (page !== null) return ofPage(call, page);
    return meta.world.people[object] === undefined ? null : ofPerson(call);
  }
  const label = call.caller.kind === "page" ? allOf(call, call.caller.page).find(({ id }) => id === object) : undefined;
  if (label === undefined) return null;
  if (edge === "label") return ofLabel(call, label);
  if (edge !== null) return null;
  allow(call, callingPage(call));
  if (call.method !== "DELETE") return { json: view(call, label) };
  meta.world.graph.labels = meta.world.graph.labels.filter(({ id }) => id !== label.id);
  for (const thread of Object.values(meta.world.threads)) {
    if (thread.pageId === label.pageId && thread.labels.includes(label.name)) {
      tellLabel(meta, thread, label.name, "remove", call.at);
    }
  }
  return success;
};

function allow(call: Call, page: Page): void {
  need(call, "pages_manage_metadata");
  if (!page.hasLabelTerms) throw refusals.termsNotAccepted();
}

/** Those that were made, and those Meta or people attached to somebody. */
function allOf({ meta }: Call, { id: pageId }: Page): Label[] {
  const { graph, threads } = meta.world;
  const made = graph.labels.filter((label) => label.pageId === pageId);
  const worn = Object.values(threads).flatMap((thread) => (thread.pageId === pageId ? thread.labels : []));
  const names = new Set([...made.map(({ name }) => name), ...worn]);
  return [...names].map((name) => ({ id: labelId(pageId, name), pageId, name }));
}

const view = (call: Call, { id, name }: Label) =>
  pick({ id: () => id, page_label_name: () => name, name: () => name }, fieldsOf(call.params, "page_label_name"));

function many(call: Call, labels: Label[]): Reply {
  const { data, paging } = paged(call, labels, ({ id }) => id);
  return { json: { data: data.map((label) => view(call, label)), ...(paging === undefined ? {} : { paging }) } };
}

function ofPage(call: Call, page: Page): Reply {
  allow(call, page);
  if (call.method === "GET") return many(call, allOf(call, page));
  const { page_label_name: name } = readParam(z.object({ page_label_name: z.string().min(1).max(256) }), call.params);
  const label = { id: labelId(page.id, name), pageId: page.id, name };
  const { graph } = call.meta.world;
  if (!graph.labels.some(({ id }) => id === label.id)) graph.labels.push(label);
  return { json: { id: label.id } };
}

function ofPerson(call: Call): Reply {
  const page = callingPage(call);
  const thread = call.meta.world.threads[call.object];
  if (thread === undefined || thread.pageId !== page.id || thread.lastUserActionAt === null) {
    throw refusals.notFound(call.object);
  }
  allow(call, page);
  return many(
    call,
    thread.labels.map((name) => ({ id: labelId(page.id, name), pageId: page.id, name })),
  );
}

/** Attaches a label to a person, or takes it off. */
function ofLabel(call: Call, label: Label): Reply {
  const page = callingPage(call);
  allow(call, page);
  const { user } = readParam(z.object({ user: z.coerce.string() }), call.params);
  const thread = knownThread(call.meta, page, user);
  const isWorn = thread.labels.includes(label.name);
  if (call.method === "POST" && !isWorn) tellLabel(call.meta, thread, label.name, "add", call.at);
  else if (call.method === "DELETE" && isWorn) tellLabel(call.meta, thread, label.name, "remove", call.at);
  else if (call.method === "GET") throw refusals.invalid("Unsupported get request.");
  const { graph } = call.meta.world;
  if (!graph.labels.some(({ id }) => id === label.id)) graph.labels.push(label);
  return success;
}
