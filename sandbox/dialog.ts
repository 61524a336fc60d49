import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { bodyText } from "./http.ts";
import { newNumber } from "./ids.ts";
import type { Meta } from "./meta.ts";
import { SCOPES, USER } from "./tokens.ts";

/** Meta's consent page: who asks, what for, and for which pages; then back to whoever asked. */
export const dialogPath = /^\/(?:v\d+\.\d+\/)?dialog\/oauth\/?$/;

const CODE_LIFE = 10 * 60 * 1000;

const asked = z.object({
  client_id: z.string(),
  redirect_uri: z.url({ protocol: /^https?$/ }),
  state: z.string().default(""),
  response_type: z.string().default("code"),
  scope: z.string().optional(),
  config_id: z.string().optional(),
});
type Asked = z.infer<typeof asked>;

const meanings: Record<string, string> = {
  pages_show_list: "Show a list of the Pages you manage",
  pages_messaging: "Manage and access Page conversations in Messenger",
  pages_manage_metadata: "Manage accounts, settings and webhooks for a Page",
  pages_read_engagement: "Read content posted on the Page",
  business_management: "Manage your business",
  leads_retrieval: "Access leads for your Pages",
  pages_manage_ads: "Manage ads for your Pages",
  ads_management: "Manage ads for ad accounts you have access to",
  ads_read: "Read the names and results of your ads",
  instagram_basic: "Access profile and posts of the Instagram account connected to your Page",
  instagram_manage_messages: "Manage and access conversations of the Instagram account connected to your Page",
  page_events: "Log events on behalf of your Pages",
};

export async function answerDialog(
  meta: Meta,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const read = asked.safeParse(Object.fromEntries(url.searchParams));
  if (!read.success || read.data.client_id !== meta.world.appId) {
    const reason = read.success ? "There is no app with this client_id." : z.prettifyError(read.error);
    html(response, 400, "Something is wrong with this link", `<p>${plain(reason)}</p>`);
    return;
  }
  const scopes = wantedScopes(read.data);
  if (request.method !== "POST") {
    html(response, 200, "Lead Inbox would like to work with your Pages", form(meta, scopes));
    return;
  }
  const given = new URLSearchParams(await bodyText(request));
  response.writeHead(302, { location: decide(meta, read.data, scopes, given), "cache-control": "no-store" }).end();
}

/** Scopes in words of the link; a login configuration stands for all. */
function wantedScopes({ scope }: Asked): string[] {
  if (scope === undefined) return [...SCOPES];
  const named = scope.split(/[, ]+/).filter((name) => name !== "");
  return SCOPES.filter((known) => named.includes(known));
}

function decide(meta: Meta, { redirect_uri, state }: Asked, scopes: string[], given: URLSearchParams): string {
  const back = new URL(redirect_uri);
  if (state !== "") back.searchParams.set("state", state);
  if (given.get("decision") !== "allow") {
    back.searchParams.set("error", "access_denied");
    back.searchParams.set("error_code", "200");
    back.searchParams.set("error_description", "Permissions error");
    back.searchParams.set("error_reason", "user_denied");
    return back.href;
  }
  const { graph, pages, seed, run } = meta.world;
  const granted = scopes.filter((scope) => given.getAll("scope").includes(scope));
  const code = createHash("sha256")
    .update(`${seed}|${run}|code|${newNumber(meta.world)}`)
    .digest("base64url");
  graph.codes.push({
    code,
    redirectUri: redirect_uri,
    pageIds: pages.map(({ id }) => id).filter((id) => given.getAll("page").includes(id)),
    scopes: granted,
    declined: scopes.filter((scope) => !granted.includes(scope)),
    expiresAt: meta.now() + CODE_LIFE,
  });
  meta.saved();
  back.searchParams.set("code", code);
  return back.href;
}

function form({ world }: Meta, scopes: readonly string[]): string {
  const choice = (name: string, value: string, label: string, small: string) =>
    `<label><input type="checkbox" name="${name}" value="${plain(value)}" checked><span>${plain(label)}<small>${plain(small)}</small></span></label>`;
  const pages = world.pages.map(({ id, name }) => choice("page", id, name, `Page ${id}`));
  const permissions = scopes.map((scope) => choice("scope", scope, meanings[scope] ?? scope, scope));
  return `<p>You continue as <strong>${USER.name}</strong>.</p>
<form method="post">
<fieldset><legend>Pages</legend>${pages.join("")}</fieldset>
<fieldset><legend>What Lead Inbox may do</legend>${permissions.join("")}</fieldset>
<p class="buttons"><button name="decision" value="decline">Not now</button><button name="decision" value="allow" class="main">Allow</button></p>
</form>`;
}

function plain(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const style = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0;background:light-dark(#f0f2f5,#18191a);color:light-dark(#1c1e21,#e4e6eb)}
main{max-width:30rem;margin:6vh auto;padding:1.5rem 2rem;border-radius:12px;background:light-dark(#fff,#242526);box-shadow:0 1px 4px #0003}
h1{font-size:1.25rem;line-height:1.3}fieldset{border:1px solid light-dark(#dddfe2,#3e4042);border-radius:8px;margin:1rem 0;padding:.5rem 1rem}legend{padding:0 .4rem;font-weight:600}
label{display:flex;gap:.6rem;padding:.35rem 0;align-items:start}input{margin-top:.35rem}small{display:block;opacity:.7}
.buttons{display:flex;justify-content:end;gap:.75rem;flex-wrap:wrap}button{font:inherit;padding:.55rem 1.2rem;border-radius:6px;border:1px solid light-dark(#ccd0d5,#4e4f50);background:transparent;color:inherit;cursor:pointer}
button.main{background:#0866ff;border-color:#0866ff;color:#fff;font-weight:600}`;

function html(response: ServerResponse, status: number, title: string, body: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${plain(title)}</title><style>${style}</style></head><body><main><h1>${plain(title)}</h1>${body}</main></body></html>`);
}
