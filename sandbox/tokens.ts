import { createHash } from "node:crypto";
import { GraphError, refusals } from "./graph-errors.ts";
import type { Token } from "./graph-world.ts";
import type { Meta } from "./meta.ts";
import type { World } from "./world.ts";

/** Tokens: made by logging in, or the lasting one every page of this world has from the beginning. */
export const SCOPES = [
  "pages_show_list",
  "pages_messaging",
  "pages_manage_metadata",
  "pages_read_engagement",
  "business_management",
  "leads_retrieval",
  "pages_manage_ads",
  "ads_management",
  "ads_read",
  "instagram_basic",
  "instagram_manage_messages",
  "page_events",
] as const;

/** Who logs in here. */
export const USER = { id: "10223344556677889", name: "Mia Manager" };

const DAY = 24 * 60 * 60 * 1000;
export const LONG = 60 * DAY;
export const SHORT = 2 * 60 * 60 * 1000;
const DATA_ACCESS = 90 * DAY;

const lasting = (pageId: string): Token => ({
  token: `sandbox-page-token-${pageId}`,
  kind: "page",
  userId: USER.id,
  pageIds: [pageId],
  scopes: [...SCOPES],
  serial: 0,
  issuedAt: 0,
  expiresAt: null,
  dataAccessExpiresAt: Number.MAX_SAFE_INTEGER,
});

export function findToken(world: World, token: string): Token | null {
  const pageId = /^sandbox-page-token-(\d+)$/.exec(token)?.[1];
  if (pageId !== undefined) return world.pages.some(({ id }) => id === pageId) ? lasting(pageId) : null;
  return world.graph.tokens.find((known) => known.token === token) ?? null;
}

type Wanted = Pick<Token, "kind" | "pageIds" | "scopes" | "expiresAt">;

export function newToken(meta: Meta, wanted: Wanted, at: number): Token {
  const { graph } = meta.world;
  const known = graph.tokens.find(
    (token) =>
      wanted.kind === "page" && token.kind === "page" && JSON.stringify(pickWanted(token)) === JSON.stringify(wanted),
  );
  // Asked again with the same user token, Meta names the same page token.
  if (known !== undefined && tokenTrouble(meta.world, known, at) === null) return known;
  const serial = graph.tokens.reduce((highest, token) => Math.max(highest, token.serial), 0) + 1;
  const digest = createHash("sha256").update(`${meta.world.seed}|${meta.world.run}|token|${serial}`).digest("hex");
  const token: Token = {
    ...wanted,
    token: `EAASandbox${wanted.kind === "page" ? "Page" : "User"}${digest.slice(0, 40)}`,
    userId: USER.id,
    serial,
    issuedAt: at,
    dataAccessExpiresAt: at + DATA_ACCESS,
  };
  graph.tokens.push(token);
  return token;
}

function pickWanted({ kind, pageIds, scopes, expiresAt }: Token): Wanted {
  return { kind, pageIds, scopes, expiresAt };
}

export const latestSerial = ({ graph }: World) => graph.tokens.reduce((most, { serial }) => Math.max(most, serial), 0);

/** What permissions are left to a token, after those somebody removed. */
export function scopesOf({ graph }: World, token: Token): string[] {
  const removed = token.pageIds.length === 1 ? (graph.removedPermissions[token.pageIds[0] ?? ""] ?? []) : [];
  return token.scopes.filter((scope) => !removed.includes(scope));
}

/** Why a token is refused, or null. */
export function tokenTrouble({ graph }: World, token: Token, at: number): GraphError | null {
  if (token.expiresAt !== null && token.expiresAt <= at) return refusals.revokedToken(463);
  for (const pageId of token.pageIds) {
    const revoked = graph.revoked[pageId];
    if (revoked !== undefined && token.serial <= revoked.serial) return refusals.revokedToken(revoked.subcode);
    const expiring = graph.expiring[pageId];
    if (expiring !== undefined && token.serial <= expiring.serial && expiring.at <= at) {
      return refusals.revokedToken(463);
    }
  }
  return null;
}

/** Meta's answer about a token, for whoever holds the app's secret. */
export function debugToken({ world, now }: Meta, text: string) {
  const token = findToken(world, text);
  const seconds = (at: number) => Math.floor(at / 1000);
  if (token === null) {
    const error = { code: 190, message: "Invalid OAuth access token - Cannot parse access token" };
    return { data: { is_valid: false, scopes: [], error } };
  }
  const trouble = tokenTrouble(world, token, now());
  const scopes = scopesOf(world, token);
  const expiring = world.graph.expiring[token.pageIds[0] ?? ""];
  // A token granted later has an end of its own.
  const ordered = expiring !== undefined && token.serial <= expiring.serial ? expiring.at : null;
  const expiry = token.expiresAt ?? ordered;
  return {
    data: {
      app_id: world.appId,
      type: token.kind === "page" ? "PAGE" : "USER",
      application: "Lead Inbox",
      data_access_expires_at: token.serial === 0 ? 0 : seconds(token.dataAccessExpiresAt),
      expires_at: expiry === null ? 0 : seconds(expiry),
      is_valid: trouble === null,
      ...(token.serial === 0 ? {} : { issued_at: seconds(token.issuedAt) }),
      ...(token.kind === "page" ? { profile_id: token.pageIds[0] } : {}),
      scopes,
      granular_scopes: scopes
        .filter((scope) => scope !== "business_management")
        .map((scope) => ({ scope, target_ids: token.pageIds })),
      user_id: token.userId,
      ...(trouble instanceof GraphError
        ? { error: { code: trouble.code, message: trouble.message, subcode: trouble.subcode } }
        : {}),
    },
  };
}
