import { classifyGraphError } from "#lib/messenger/graph-error.ts";
import type { GraphErrorWord } from "#lib/messenger/graph-error-table.ts";
import { SEND_PERMISSION } from "./page-trouble.ts";

/**
 * What Meta's facts about a token say of its page. A token ends in two ways: outright, and by losing access to people's
 * data some 90 days after the person last used the app; both are announced a week ahead.
 * https://developers.facebook.com/docs/facebook-login/guides/access-tokens/debugging
 */
export type TokenFacts = {
  isValid: boolean;
  expiresAt: Date | null;
  dataAccessExpiresAt: Date | null;
  scopes: readonly string[];
  granularScopes: readonly { scope: string; targetIds: string[] | null }[];
  error: { code: number | null; subcode: number | null } | null;
};

type Platform = "messenger" | "instagram";

const EARLY_MS = 7 * 24 * 60 * 60 * 1000;

/** The worst to miss first. */
const needed: Record<Platform, readonly string[]> = {
  messenger: [SEND_PERMISSION, "pages_manage_metadata", "pages_read_engagement"],
  instagram: ["instagram_manage_messages", "instagram_basic", "pages_manage_metadata"],
};

/** The permissions that the page needs and the token does not have for it. */
export function missingScopes(facts: TokenFacts, platform: Platform, ids: readonly string[]): string[] {
  // Meta leaves the list out for some tokens; that is no list of nothing.
  if (facts.scopes.length === 0) return [];
  return needed[platform].filter((scope) => {
    const targets = facts.granularScopes.find((granted) => granted.scope === scope)?.targetIds ?? null;
    const isForOthers = targets !== null && targets.length > 0 && !targets.some((id) => ids.includes(id));
    return !facts.scopes.includes(scope) || isForOthers;
  });
}

/** When the token, or what it may read, ends; null while that is far away or never. */
export function endsSoonAt(facts: TokenFacts, now: Date): Date | null {
  const ends = [facts.expiresAt, facts.dataAccessExpiresAt].filter((at) => at !== null);
  const first = ends.toSorted((a, b) => a.getTime() - b.getTime())[0];
  return first !== undefined && first.getTime() - now.getTime() < EARLY_MS ? first : null;
}

/** Why a token is no longer valid, as the word under which the errors of calls are said. */
export function revokedWord({ error }: TokenFacts): GraphErrorWord {
  const { subcode } = error ?? { subcode: null };
  return classifyGraphError({ status: 400, code: 190, subcode, isTransient: false }, "read").word;
}
