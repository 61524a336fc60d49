import type { IncomingMessage } from "node:http";
import type { Caller } from "./graph-call.ts";
import { GraphError, refusals } from "./graph-errors.ts";
import type { Meta } from "./meta.ts";
import { isProof } from "./sign.ts";
import { findToken, scopesOf, tokenTrouble } from "./tokens.ts";

/** Who calls: the token says it, and where a proof is given it must fit. */
export function callerOf(
  meta: Meta,
  secrets: readonly string[],
  request: IncomingMessage,
  params: Record<string, unknown>,
): Caller {
  const bearer = /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const text = bearer ?? (typeof params.access_token === "string" ? params.access_token : null);
  if (text === null) throw refusals.noToken();
  const proof = params.appsecret_proof;
  const { world } = meta;
  const appSecret = text.startsWith(`${world.appId}|`) ? text.slice(world.appId.length + 1) : null;
  if (appSecret !== null) {
    if (!secrets.includes(appSecret)) throw new GraphError(190, null, "Invalid OAuth access token signature.", 401);
    return { kind: "app" };
  }
  const token = findToken(world, text);
  if (token === null) throw refusals.badToken();
  const trouble = tokenTrouble(world, token, meta.now());
  if (trouble !== null) throw trouble;
  if (typeof proof === "string" && !isProof(proof, text, secrets)) throw refusals.badProof();
  const scopes = scopesOf(world, token);
  if (token.kind === "user") return { kind: "user", token, scopes };
  const page = world.pages.find(({ id }) => id === token.pageIds[0]);
  if (page === undefined) throw refusals.badToken();
  return { kind: "page", token, scopes, page };
}
