import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { controlBody, controlCalls, controlThread, threadOwner } from "./graph-control.ts";
import { GraphError, refusals } from "./graph-errors.ts";
import { acceptSend, type SendBody, sendBody } from "./graph-send.ts";
import { bodyText, sendJson } from "./http.ts";
import { labelId, newNumber } from "./ids.ts";
import type { Meta } from "./meta.ts";
import { isProof } from "./sign.ts";
import type { Page, SendFault, UnclearKind } from "./world.ts";

/** The Graph API: who calls, what is asked, and Meta's way of answering. */
export const graphPath = /^\/v\d+\.\d+\/(.+)$/;

type Call = { method: string; page: Page; object: string; edge: string | null; params: Record<string, unknown> };
type Reply = { json: unknown; fault?: UnclearKind };

export async function answerGraph(
  meta: Meta,
  appSecrets: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  try {
    const params = await readParams(request, url);
    const page = authorize(meta, appSecrets, request, params);
    const [first = "", edge = null] = (graphPath.exec(url.pathname)?.[1] ?? "").split("/");
    const object = first === "me" ? page.id : first;
    const reply = route(meta, { method: request.method ?? "GET", page, object, edge, params });
    if (reply.fault === undefined) sendJson(response, 200, reply.json, usage(page));
    else answerUnclearly(response, reply.fault);
  } catch (error) {
    const refusal = error instanceof GraphError ? error : new GraphError(1, null, "An unknown error occurred.", 500);
    if (refusal !== error) console.error("sandbox: graph", error);
    sendJson(response, refusal.status, refusal.body(`T${newNumber(meta.world)}`));
  }
}

async function readParams(request: IncomingMessage, url: URL): Promise<Record<string, unknown>> {
  const params: Record<string, unknown> = Object.fromEntries(url.searchParams);
  const text = await bodyText(request);
  if (text === "") return params;
  if (request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    return { ...params, ...Object.fromEntries(new URLSearchParams(text)) };
  }
  const body = z.record(z.string(), z.unknown()).safeParse(parse(text));
  if (!body.success) throw refusals.invalid("The body is not a JSON object.");
  return { ...params, ...body.data };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The page whose token this is. */
function authorize(
  meta: Meta,
  appSecrets: readonly string[],
  request: IncomingMessage,
  params: Record<string, unknown>,
): Page {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const token = bearer ?? (typeof params.access_token === "string" ? params.access_token : null);
  if (token === null) throw refusals.noToken();
  const page = meta.world.pages.find(({ id }) => token === `sandbox-page-token-${id}`);
  if (page === undefined) throw refusals.badToken();
  if (meta.world.faults.revokedPageIds.includes(page.id)) throw refusals.revokedToken();
  const proof = params.appsecret_proof;
  if (typeof proof === "string" && !isProof(proof, token, appSecrets)) throw refusals.badProof();
  return page;
}

function route(meta: Meta, call: Call): Reply {
  const { method, page, object, edge, params } = call;
  if (object !== page.id) return { json: person(meta, call) };
  if (edge === null) return { json: pageFields(page, params) };
  const control = controlCalls.find((word) => edge === `${word}_thread_control`);
  if (method === "POST" && edge === "messages") return send(meta, page, params);
  if (method === "POST" && control !== undefined) {
    controlThread(meta, page, control, read(controlBody, params), meta.now());
    return { json: { success: true } };
  }
  if (edge === "thread_owner") return { json: threadOwner(meta, page, recipientOf(params), meta.now()) };
  if (edge === "subscribed_apps") {
    return { json: method === "GET" ? { data: [{ id: meta.world.appId, name: "Lead Inbox" }] } : { success: true } };
  }
  throw refusals.invalid(`Tried accessing nonexisting field (${edge}).`);
}

function read<T>(schema: z.ZodType<T>, params: unknown): T {
  const result = schema.safeParse(params);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw refusals.invalid(`Param ${issue?.path.join(".") || "body"}: ${issue?.message ?? "invalid"}.`);
}

function recipientOf({ recipient }: Record<string, unknown>): string {
  if (typeof recipient !== "string") throw refusals.invalid("The parameter recipient is required.");
  return recipient;
}

/** A send, under whatever fault was ordered for it. */
function send(meta: Meta, page: Page, params: Record<string, unknown>): Reply {
  const body: SendBody = read(sendBody, params);
  const fault = body.sender_action === undefined ? nextFault(meta) : null;
  if (fault?.kind === "throttle") throw refusals.throttled(fault.code);
  if (fault?.kind === "unclear" && !fault.isAccepted) return { json: null, fault: fault.how };

  const message = acceptSend(meta, page, body, meta.now());
  if (message === null) return { json: { recipient_id: body.recipient.id } };
  meta.world.sent.push({
    mid: message.mid,
    pageId: page.id,
    psid: body.recipient.id,
    text: message.text,
    metadata: message.metadata,
    messagingType: body.messaging_type,
    tag: body.tag ?? null,
    at: message.at,
    answered: fault === null ? "ok" : fault.how,
  });
  const json = { recipient_id: body.recipient.id, message_id: message.mid };
  return fault === null ? { json } : { json, fault: fault.how };
}

function nextFault({ world }: Meta): SendFault | null {
  const [fault] = world.faults.sends;
  if (fault === undefined) return null;
  fault.times -= 1;
  if (fault.times <= 0) world.faults.sends.shift();
  return fault;
}

/** The four ways in which a caller cannot know whether its message left. */
function answerUnclearly(response: ServerResponse, how: UnclearKind): void {
  if (how === "timeout") return;
  if (how === "cut") {
    response.socket?.destroy();
    return;
  }
  const html = "<html><body>Sorry, something went wrong.</body></html>";
  if (how === "html") response.writeHead(200, { "content-type": "text/html" }).end(html);
  else
    sendJson(response, 500, { error: { message: "An unknown error has occurred.", type: "OAuthException", code: 1 } });
}

function pageFields(page: Page, params: Record<string, unknown>) {
  const fields = typeof params.fields === "string" ? params.fields.split(",") : ["id", "name"];
  const known: Record<string, unknown> = {
    id: page.id,
    name: page.name,
    messaging_feature_status: { hop_v2: false, msgr_multi_app: page.regime === "routing", ig_multi_app: false },
  };
  return only(known, [...fields, "id"]);
}

function only(known: Record<string, unknown>, fields: string[]) {
  return Object.fromEntries(Object.entries(known).filter(([field]) => fields.includes(field)));
}

/** Some people's profile is withheld: Meta then answers an empty object, not an error. */
function person(meta: Meta, { object, edge, page, params }: Call): unknown {
  const someone = meta.world.people[object];
  const thread = meta.world.threads[object];
  if (someone === undefined || someone.pageId !== page.id || !thread || thread.lastUserActionAt === null) {
    throw refusals.notFound(object);
  }
  if (edge === "custom_labels") {
    return { data: thread.labels.map((name) => ({ id: labelId(page.id, name), page_label_name: name })) };
  }
  if (edge !== null) throw refusals.invalid(`Tried accessing nonexisting field (${edge}).`);
  if (!someone.hasProfile) return {};
  const [firstName = "", ...rest] = someone.name.split(" ");
  const known = { id: object, name: someone.name, first_name: firstName, last_name: rest.join(" ") };
  const fields = typeof params.fields === "string" ? params.fields.split(",") : Object.keys(known);
  return only(known, [...fields, "id"]);
}

function usage(page: Page): Record<string, string> {
  const share = { call_count: 3, total_cputime: 1, total_time: 2 };
  const perPage = { [page.id]: [{ type: "messenger", ...share, estimated_time_to_regain_access: 0 }] };
  return { "x-app-usage": JSON.stringify(share), "x-business-use-case-usage": JSON.stringify(perPage) };
}
