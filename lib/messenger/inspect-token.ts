import "server-only";
import { z } from "zod";
import { env } from "#lib/env.ts";
import { appToken } from "./app-token.ts";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { claimField, idField, listOf, numberField, textField, textsField, timeField } from "./graph-fields.ts";

export type TokenFacts = {
  isValid: boolean;
  appId: string | null;
  /** "PAGE", "USER", "SYSTEM_USER" … */
  type: string | null;
  /** Null: never. */
  expiresAt: Date | null;
  /** When reading people's data ends, though the token lives on: about 90 days after the person last used the app. */
  dataAccessExpiresAt: Date | null;
  issuedAt: Date | null;
  scopes: string[];
  /** `targetIds` null: for everything the token reaches. */
  granularScopes: { scope: string; targetIds: string[] | null }[];
  /** The page, for a page's token. */
  profileId: string | null;
  /** Why it is no longer valid. */
  error: { code: number | null; subcode: number | null; message: string | null } | null;
};

const granular = z
  .object({ scope: z.string(), target_ids: z.array(z.unknown()).nullish().catch(null) })
  .transform(({ scope, target_ids }) => ({
    scope,
    targetIds: target_ids?.map((id) => idField.parse(id)).filter((id) => id !== null) ?? null,
  }));

const facts = z
  .object({
    data: z.object({
      is_valid: claimField,
      app_id: idField,
      type: textField,
      expires_at: timeField,
      data_access_expires_at: timeField,
      issued_at: timeField,
      scopes: textsField,
      granular_scopes: listOf(granular),
      profile_id: idField,
      error: z.object({ code: numberField, subcode: numberField, message: textField }).nullish().catch(null),
    }),
  })
  .transform(
    ({ data }): TokenFacts => ({
      isValid: data.is_valid === true,
      appId: data.app_id,
      type: data.type,
      expiresAt: data.expires_at,
      dataAccessExpiresAt: data.data_access_expires_at,
      issuedAt: data.issued_at,
      scopes: data.scopes,
      granularScopes: data.granular_scopes,
      profileId: data.profile_id,
      error: data.error ?? null,
    }),
  );

/** What Meta knows about a token, asked in the app's name: whether it works, until when, and what it may do. */
export async function inspectToken(inspected: string): Promise<GraphAnswer<TokenFacts> | { outcome: "no-app" }> {
  const token = appToken(env.META_APP_ID, env.META_APP_SECRET);
  if (token === null) return { outcome: "no-app" };
  return askGraph(
    {
      kind: "read",
      method: "GET",
      path: "debug_token",
      token,
      query: { input_token: inspected },
    },
    facts,
  );
}
