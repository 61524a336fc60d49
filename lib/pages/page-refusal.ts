import type { GraphErrorClass, GraphErrorWord } from "#lib/messenger/graph-error-table.ts";
import { CONTACT_TERMS, type TroubleKind } from "./page-trouble.ts";

/**
 * What a refusal of Meta's says about the whole page. Most say nothing: they speak of one person, one file or one
 * thread. A missing permission is not always the page's either (taking a thread is refused with the same code where
 * the page's setting forbids it), so it only makes us look; the token itself says what it lacks.
 */
export type Refusal = { class: GraphErrorClass; word: GraphErrorWord; subcode: number | null };

export type PageRefusal = { trouble: { kind: TroubleKind; reason: string } | null; isCheckDue: boolean };

/** Only people with a role on the app may be written to: it is not live, or has no advanced access. */
const TESTERS_ONLY = 2018028;

export function readPageRefusal({ class: kind, word, subcode }: Refusal): PageRefusal {
  switch (kind) {
    case "auth":
      return { trouble: { kind: "revoked", reason: word }, isCheckDue: true };
    case "policy":
      return { trouble: { kind: "restricted", reason: word }, isCheckDue: false };
    case "permission":
      if (subcode === TESTERS_ONLY) return { trouble: { kind: "test_only", reason: word }, isCheckDue: false };
      if (word === "contactTermsMissing") {
        return { trouble: { kind: "missing_permission", reason: CONTACT_TERMS }, isCheckDue: false };
      }
      return { trouble: null, isCheckDue: word === "permissionMissing" || word === "appNotApproved" };
    default:
      return { trouble: null, isCheckDue: false };
  }
}

/** Whether a reply Meta refused for this may wait for the page to be repaired instead of failing. */
export function isPagesFault(refusal: Refusal): boolean {
  const { trouble, isCheckDue } = readPageRefusal(refusal);
  return trouble === null ? isCheckDue : trouble.kind === "revoked" || trouble.kind === "restricted";
}
