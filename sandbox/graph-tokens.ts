import { z } from "zod";
import { type Call, type Endpoint, need, paged, type Reply, readParam } from "./graph-call.ts";
import { GraphError, refusals } from "./graph-errors.ts";
import { fieldsOf, pick } from "./graph-fields.ts";
import type { Meta } from "./meta.ts";
import { debugToken, findToken, LONG, newToken, SHORT, scopesOf, tokenTrouble, USER } from "./tokens.ts";
import type { Page } from "./world.ts";

/** Logging in: codes and tokens, the pages behind a token, and what a token is worth. */
const exchange = z.object({
  client_id: z.coerce.string(),
  client_secret: z.string(),
  grant_type: z.string().optional(),
  redirect_uri: z.string().optional(),
  code: z.string().optional(),
  fb_exchange_token: z.string().optional(),
});

/** `GET /oauth/access_token`: needs no token, the secret stands for it. */
export function accessToken(meta: Meta, secrets: readonly string[], params: Record<string, unknown>): Reply {
  const wanted = readParam(exchange, params);
  if (wanted.client_id !== meta.world.appId) {
    throw new GraphError(101, null, "Error validating application. Cannot get application info due to a system error.");
  }
  if (!secrets.includes(wanted.client_secret)) throw new GraphError(1, null, "Error validating client secret.");
  if (wanted.grant_type === "client_credentials") {
    return { json: { access_token: `${meta.world.appId}|${wanted.client_secret}`, token_type: "bearer" } };
  }
  if (wanted.grant_type === "fb_exchange_token") return longLived(meta, wanted.fb_exchange_token);
  return fromCode(meta, wanted.code, wanted.redirect_uri);
}

function fromCode(meta: Meta, code: string | undefined, redirectUri: string | undefined): Reply {
  const { graph } = meta.world;
  const at = meta.now();
  const found = graph.codes.find((known) => known.code === code);
  if (found === undefined) throw new GraphError(100, 36009, "This authorization code has been used or is unknown.");
  if (found.redirectUri !== redirectUri) {
    throw new GraphError(
      100,
      36008,
      "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request",
    );
  }
  graph.codes = graph.codes.filter((known) => known !== found);
  if (found.expiresAt <= at) throw new GraphError(100, 36007, "This authorization code has expired.");
  graph.declined = found.declined;
  // Consenting again gives back what was removed.
  for (const pageId of found.pageIds) {
    const removed = (graph.removedPermissions[pageId] ?? []).filter((name) => !found.scopes.includes(name));
    graph.removedPermissions[pageId] = removed;
  }
  const { pageIds, scopes } = found;
  return tokenReply(newToken(meta, { kind: "user", pageIds, scopes, expiresAt: at + SHORT }, at), at);
}

function longLived(meta: Meta, text: string | undefined): Reply {
  const at = meta.now();
  const token = text === undefined ? null : findToken(meta.world, text);
  if (token === null || token.kind !== "user") throw refusals.badToken();
  const trouble = tokenTrouble(meta.world, token, at);
  if (trouble !== null) throw trouble;
  const { pageIds, scopes } = token;
  return tokenReply(newToken(meta, { kind: "user", pageIds, scopes, expiresAt: at + LONG }, at), at);
}

function tokenReply({ token, expiresAt }: { token: string; expiresAt: number | null }, at: number): Reply {
  const expiry = expiresAt === null ? {} : { expires_in: Math.floor((expiresAt - at) / 1000) };
  return { json: { access_token: token, token_type: "bearer", ...expiry } };
}

export const tokenEndpoint: Endpoint = (call) => {
  const { meta, object, edge, caller, params } = call;
  if (object === "debug_token" && edge === null) {
    if (caller.kind === "page") throw refusals.noPermission("you must provide an app access token");
    return { json: debugToken(meta, readParam(z.object({ input_token: z.string() }), params).input_token) };
  }
  if (caller.kind !== "user" || object !== USER.id) return null;
  if (edge === null) {
    const fields = fieldsOf(params, "id,name");
    return { json: pick({ id: () => USER.id, name: () => USER.name }, fields) };
  }
  if (edge === "permissions") {
    const left = scopesOf(meta.world, caller.token);
    const granted = left.map((permission) => ({ permission, status: "granted" }));
    const declined = meta.world.graph.declined.map((permission) => ({ permission, status: "declined" }));
    return { json: { data: [...granted, ...declined, { permission: "public_profile", status: "granted" }] } };
  }
  return edge === "accounts" ? accounts(call) : null;
};

function accounts(call: Call): Reply {
  const { meta, caller, params, at } = call;
  if (caller.kind !== "user") throw refusals.noToken();
  need(call, "pages_show_list");
  const fields = fieldsOf(params, "access_token,category,name,id,tasks");
  const mine = meta.world.pages.filter(({ id }) => caller.token.pageIds.includes(id));
  const isShort = (caller.token.expiresAt ?? 0) - caller.token.issuedAt <= SHORT;
  const tokenOf = (page: Page) =>
    newToken(
      meta,
      {
        kind: "page",
        pageIds: [page.id],
        scopes: caller.token.scopes,
        expiresAt: isShort ? caller.token.expiresAt : null,
      },
      at,
    ).token;
  const { data, paging } = paged(call, mine, ({ id }) => id);
  const rows = data.map((page) =>
    pick(
      {
        id: () => page.id,
        name: () => page.name,
        access_token: () => tokenOf(page),
        category: () => "Home Improvement",
        tasks: () => ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"],
        picture: () => ({ data: { url: `https://scontent.example/page/${page.id}.png`, is_silhouette: false } }),
        instagram_business_account: ({ children }) =>
          page.instagramId === null
            ? undefined
            : pick(
                {
                  id: () => page.instagramId,
                  username: () => usernameOf(page),
                  name: () => page.name,
                },
                children ?? [],
              ),
      },
      fields,
    ),
  );
  return { json: { data: rows, ...(paging === undefined ? {} : { paging }) } };
}

/** The account's name on Instagram. */
export function usernameOf({ name }: Page): string {
  return name
    .normalize("NFKD")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();
}
