import "server-only";
import { env } from "#lib/env.ts";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { type GrantedToken, tokenAnswer } from "./granted-token.ts";

/** A token of about 60 days for one of an hour. The tokens of pages got with it do not end by themselves. */
export async function extendUserToken(userToken: string): Promise<GraphAnswer<GrantedToken> | { outcome: "no-app" }> {
  const secret = env.META_APP_SECRET[0];
  if (env.META_APP_ID === "" || secret === undefined) return { outcome: "no-app" };
  const query = {
    grant_type: "fb_exchange_token",
    client_id: env.META_APP_ID,
    client_secret: secret,
    fb_exchange_token: userToken,
  };
  return askGraph({ kind: "read", method: "GET", path: "oauth/access_token", token: null, query }, tokenAnswer);
}
