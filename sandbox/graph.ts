import type { IncomingMessage, ServerResponse } from "node:http";
import { adEndpoint } from "./graph-ads.ts";
import type { Call, Caller, Endpoint, Reply } from "./graph-call.ts";
import { callerOf } from "./graph-callers.ts";
import { conversationEndpoint } from "./graph-conversations.ts";
import { datasetEndpoint } from "./graph-dataset.ts";
import { GraphError, refusals } from "./graph-errors.ts";
import { fileEndpoint } from "./graph-files.ts";
import { labelEndpoint } from "./graph-labels.ts";
import { leadEndpoint } from "./graph-leads.ts";
import { messageEndpoint } from "./graph-messages.ts";
import { pageEndpoint } from "./graph-pages.ts";
import { type Brought, readBrought } from "./graph-params.ts";
import { personEndpoint } from "./graph-people.ts";
import { personaEndpoint } from "./graph-personas.ts";
import { subscriptionEndpoint } from "./graph-subscriptions.ts";
import { accessToken, tokenEndpoint } from "./graph-tokens.ts";
import { limitUsage, usageHeaders } from "./graph-usage.ts";
import { sendJson } from "./http.ts";
import { newNumber } from "./ids.ts";
import { withMedia } from "./media.ts";
import type { Meta } from "./meta.ts";
import type { UnclearKind } from "./world.ts";

/** The Graph API: who calls, what is asked, and Meta's way of answering. Each family of edges has a file of its own. */
export const graphPath = /^\/v\d+\.\d+(?:\/(.*))?$/;

const endpoints: Endpoint[] = [
  messageEndpoint,
  fileEndpoint,
  subscriptionEndpoint,
  conversationEndpoint,
  tokenEndpoint,
  labelEndpoint,
  leadEndpoint,
  adEndpoint,
  personaEndpoint,
  datasetEndpoint,
  pageEndpoint,
  personEndpoint,
];

export async function answerGraph(
  meta: Meta,
  appSecrets: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const [first = "", edge = null] = (graphPath.exec(url.pathname)?.[1] ?? "").split("/").map(decodeURIComponent);
  let headers: Record<string, string> = {};
  try {
    const brought = await readBrought(request, url);
    if (first === "oauth" && edge === "access_token") {
      sendJson(response, 200, accessToken(meta, appSecrets, brought.params).json);
      meta.saved();
      return;
    }
    const caller = callerOf(meta, appSecrets, request, brought.params);
    const method = methodOf(request, brought);
    headers = usageHeaders(meta, caller, edge);
    limitUsage(meta, caller, method, edge);
    const object = first === "me" ? me(caller) : first;
    const call: Call = { meta, method, object, edge, ...brought, caller, at: meta.now() };
    const reply = await route(call);
    if (reply.fault === undefined) sendText(response, withMedia(meta, JSON.stringify(reply.json)), headers);
    else answerUnclearly(response, reply.fault);
  } catch (error) {
    const refusal = error instanceof GraphError ? error : new GraphError(1, null, "An unknown error occurred.", 500);
    if (refusal !== error) console.error("sandbox: graph", error);
    sendJson(response, refusal.status, refusal.body(`T${newNumber(meta.world)}`), { ...headers, ...refusal.headers });
  }
}

/** Meta lets callers without other methods name theirs as a parameter. */
function methodOf(request: IncomingMessage, { params }: Brought): string {
  const named = typeof params.method === "string" ? params.method.toUpperCase() : null;
  const given = request.method ?? "GET";
  return given === "POST" && (named === "DELETE" || named === "GET") ? named : given;
}

function me(caller: Caller): string {
  if (caller.kind === "page") return caller.page.id;
  if (caller.kind === "user") return caller.token.userId;
  throw new GraphError(2500, null, "An active access token must be used to query information about the current user.");
}

async function route(call: Call): Promise<Reply> {
  for (const endpoint of endpoints) {
    const reply = await endpoint(call);
    if (reply !== null) {
      // A page only reads with GET; people get tokens by it.
      if (call.method !== "GET" || call.caller.kind !== "page") call.meta.saved();
      return reply;
    }
  }
  const { caller, object, edge } = call;
  const isOwn = caller.kind !== "app" && (caller.token.pageIds.includes(object) || caller.token.userId === object);
  if (edge !== null && isOwn) throw refusals.unknownField(edge);
  throw refusals.notFound(object);
}

function sendText(response: ServerResponse, json: string, headers: Record<string, string>): void {
  response.writeHead(200, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    ...headers,
  });
  response.end(json);
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
