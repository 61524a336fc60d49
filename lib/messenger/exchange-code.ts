import "server-only";
import { env } from "#lib/env.ts";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { type GrantedToken, tokenAnswer } from "./granted-token.ts";

/** The token of a person who said yes at Meta, for the code they came back with. It lives an hour or two. */
export async function exchangeCode(
  code: string,
  redirectUri: string,
): Promise<GraphAnswer<GrantedToken> | { outcome: "no-app" }> {
  const secret = env.META_APP_SECRET[0];
  if (env.META_APP_ID === "" || secret === undefined) return { outcome: "no-app" };
  // The address has to be the very one the dialog was opened with.
  const query = { client_id: env.META_APP_ID, client_secret: secret, redirect_uri: redirectUri, code };
  return askGraph({ kind: "read", method: "GET", path: "oauth/access_token", token: null, query }, tokenAnswer);
}
