/**
 * Why a reply or a thread action did not go as asked: the words the server may give, each with a sentence
 * under `lead.error`. The first group is Meta's errors, the second our own judgement.
 */
export const reasonWords = [
  "unclear",
  "metaUnavailable",
  "throttled",
  "windowClosed",
  "otherAppControls",
  "questionsRunning",
  "personUnavailable",
  "personUnknown",
  "personOptedOut",
  "tokenInvalid",
  "loginNeeded",
  "passwordChanged",
  "instagramLinkBroken",
  "instagramAccessOff",
  "permissionMissing",
  "appNotApproved",
  "contactTermsMissing",
  "pageRestricted",
  "targetNotConnected",
  "tagRemoved",
  "formNotEligible",
  "fileUnreachable",
  "fileRejected",
  "fileTooLarge",
  "messageGone",
  "notFound",
  "profileHidden",
  "rejected",
  "closed",
  "page_inbox",
  "other_app",
  "leadgen",
  "too_long",
  "empty",
  "newer_message",
] as const;

export type ReasonWord = (typeof reasonWords)[number];

/** A word we have no sentence for is told as such, never shown as a sentence. */
export function reasonWord(reason: string | null): ReasonWord | "other" {
  return reasonWords.find((word) => word === reason) ?? "other";
}
