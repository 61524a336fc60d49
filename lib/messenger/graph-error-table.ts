/**
 * Meta's errors as data: what each means for us, and the word under which it is said to an agent.
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes
 */
export const graphErrorClasses = [
  "transient",
  "throttled",
  "window",
  "thread",
  "recipient",
  "auth",
  "permission",
  "policy",
  "input",
  "unknown_outcome",
] as const;
export type GraphErrorClass = (typeof graphErrorClasses)[number];

/**
 * What the product does. For sends; `graph-error.ts` has the same for the other calls.
 * - `retry`: ask again, later and ever more rarely
 * - `await_echo`: nothing, until Meta reports the message or does not; never send again by itself
 * - `pause_page`: the page's calls wait for the limit to pass
 * - `wait`: only what was asked waits; a limit on ads or forms must not hold messages back
 * - `lock_composer`: the window is closed until the person writes
 * - `offer_control`: look again who has the thread, offer to take it or to ask for it
 * - `await_questions`: the ad's questions run; their end frees the thread
 * - `mark_unreachable`: the person cannot be written to
 * - `upload_again`: the file's id has ended; once with a new one
 * - `reconnect`: the page's connection is over, its queues stop
 * - `checklist`: something has to be granted at Meta, the settings say what
 * - `page_banner`: Meta restricts the page, sending stops
 * - `none`: the sentence is all there is
 */
export const graphErrorSteps = [
  "retry",
  "await_echo",
  "pause_page",
  "wait",
  "lock_composer",
  "offer_control",
  "await_questions",
  "mark_unreachable",
  "upload_again",
  "reconnect",
  "checklist",
  "page_banner",
  "none",
] as const;
export type GraphErrorStep = (typeof graphErrorSteps)[number];

/** Keys of translated sentences. */
export const graphErrorWords = [
  "unclear",
  "metaUnavailable",
  "throttled",
  "tooSoon",
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
] as const;
export type GraphErrorWord = (typeof graphErrorWords)[number];

/** `code` null: Meta lists the subcode alone. `upTo`: a span of codes. */
export type GraphErrorRow = {
  code: number | null;
  upTo?: number;
  subcode: number | null;
  class: GraphErrorClass;
  word: GraphErrorWord;
  /** What the product does. */
  step: GraphErrorStep;
  /** How often a read or a thread action is tried in all, and what it means when none of them succeeds. */
  tries?: { times: number; step: GraphErrorStep };
};

/** For sends. What reads and thread control make of an unclear answer stands in graph-error.ts. */
export const graphErrorTable: readonly GraphErrorRow[] = [
  {
    code: 1,
    subcode: null,
    class: "unknown_outcome",
    word: "unclear",
    step: "await_echo",
    tries: { times: 2, step: "checklist" },
  },
  {
    code: 1,
    subcode: 99,
    class: "unknown_outcome",
    word: "unclear",
    step: "await_echo",
    tries: { times: 2, step: "checklist" },
  },
  { code: 1, subcode: 1357046, class: "unknown_outcome", word: "unclear", step: "await_echo" },
  { code: 1, subcode: 2018382, class: "input", word: "formNotEligible", step: "none" },
  {
    code: 2,
    subcode: null,
    class: "unknown_outcome",
    word: "metaUnavailable",
    step: "await_echo",
    tries: { times: 3, step: "none" },
  },
  { code: 2, subcode: 2018344, class: "permission", word: "contactTermsMissing", step: "checklist" },
  { code: 3, subcode: null, class: "permission", word: "permissionMissing", step: "checklist" },
  { code: 4, subcode: null, class: "throttled", word: "throttled", step: "pause_page" },
  { code: 4, subcode: 2018022, class: "throttled", word: "throttled", step: "pause_page" },
  { code: 4, subcode: 2018354, class: "throttled", word: "tooSoon", step: "wait" },
  { code: 9, subcode: 2018352, class: "throttled", word: "tooSoon", step: "wait" },
  { code: 10, subcode: null, class: "permission", word: "permissionMissing", step: "checklist" },
  { code: 10, subcode: 2018278, class: "window", word: "windowClosed", step: "lock_composer" },
  { code: 10, subcode: 2018065, class: "window", word: "windowClosed", step: "lock_composer" },
  { code: 10, subcode: 2534022, class: "window", word: "windowClosed", step: "lock_composer" },
  { code: 10, subcode: 2018108, class: "recipient", word: "personUnavailable", step: "mark_unreachable" },
  { code: 10, subcode: 2018300, class: "thread", word: "otherAppControls", step: "offer_control" },
  { code: 10, subcode: 2018321, class: "thread", word: "questionsRunning", step: "await_questions" },
  { code: 10, subcode: 1893063, class: "policy", word: "pageRestricted", step: "page_banner" },
  { code: 10, subcode: 1404170, class: "policy", word: "pageRestricted", step: "page_banner" },
  { code: 10, subcode: 1893015, class: "recipient", word: "personOptedOut", step: "none" },
  { code: 10, subcode: 2534077, class: "auth", word: "instagramLinkBroken", step: "reconnect" },
  { code: 17, subcode: null, class: "throttled", word: "throttled", step: "pause_page" },
  { code: 32, subcode: null, class: "throttled", word: "throttled", step: "pause_page" },
  { code: 100, subcode: null, class: "input", word: "rejected", step: "none" },
  { code: 100, subcode: 33, class: "input", word: "notFound", step: "none" },
  { code: 100, subcode: 1893061, class: "input", word: "tagRemoved", step: "none" },
  { code: 100, subcode: 2018001, class: "recipient", word: "personUnknown", step: "mark_unreachable" },
  { code: 100, subcode: 2018008, class: "input", word: "fileUnreachable", step: "none" },
  { code: 100, subcode: 2018014, class: "input", word: "rejected", step: "none" },
  { code: 100, subcode: 2018047, class: "input", word: "fileRejected", step: "none" },
  { code: 100, subcode: 2018074, class: "input", word: "fileRejected", step: "upload_again" },
  { code: 100, subcode: 2018109, class: "input", word: "fileTooLarge", step: "none" },
  { code: 100, subcode: 2018164, class: "input", word: "targetNotConnected", step: "none" },
  { code: 100, subcode: 2018234, class: "thread", word: "otherAppControls", step: "offer_control" },
  { code: 100, subcode: 2018294, class: "input", word: "fileRejected", step: "none" },
  { code: 100, subcode: 2534013, class: "permission", word: "instagramLinkBroken", step: "reconnect" },
  { code: 100, subcode: 2534014, class: "recipient", word: "personUnknown", step: "mark_unreachable" },
  { code: 100, subcode: 2534015, class: "input", word: "rejected", step: "none" },
  { code: 100, subcode: 2534025, class: "input", word: "rejected", step: "none" },
  { code: 100, subcode: 2534029, class: "policy", word: "pageRestricted", step: "page_banner" },
  { code: 100, subcode: 2534037, class: "thread", word: "otherAppControls", step: "offer_control" },
  { code: 102, subcode: null, class: "auth", word: "tokenInvalid", step: "reconnect" },
  { code: 190, subcode: null, class: "auth", word: "tokenInvalid", step: "reconnect" },
  { code: 190, subcode: 458, class: "auth", word: "tokenInvalid", step: "reconnect" },
  { code: 190, subcode: 459, class: "auth", word: "loginNeeded", step: "reconnect" },
  { code: 190, subcode: 460, class: "auth", word: "passwordChanged", step: "reconnect" },
  { code: 190, subcode: 463, class: "auth", word: "tokenInvalid", step: "reconnect" },
  { code: 190, subcode: 464, class: "auth", word: "loginNeeded", step: "reconnect" },
  { code: 190, subcode: 467, class: "auth", word: "tokenInvalid", step: "reconnect" },
  { code: 190, subcode: 492, class: "auth", word: "tokenInvalid", step: "reconnect" },
  { code: 200, subcode: null, class: "permission", word: "appNotApproved", step: "checklist" },
  { code: 200, subcode: 2018028, class: "permission", word: "appNotApproved", step: "checklist" },
  { code: 200, subcode: 1545041, class: "recipient", word: "personUnavailable", step: "mark_unreachable" },
  { code: 200, subcode: 2018021, class: "input", word: "rejected", step: "none" },
  { code: 200, subcode: 2018027, class: "input", word: "rejected", step: "none" },
  { code: 200, subcode: 2534041, class: "permission", word: "instagramAccessOff", step: "checklist" },
  { code: 230, subcode: null, class: "permission", word: "permissionMissing", step: "reconnect" },
  { code: 201, upTo: 299, subcode: null, class: "permission", word: "permissionMissing", step: "checklist" },
  { code: 341, subcode: null, class: "throttled", word: "throttled", step: "pause_page" },
  { code: 368, subcode: null, class: "policy", word: "pageRestricted", step: "page_banner" },
  { code: 551, subcode: null, class: "recipient", word: "personUnavailable", step: "mark_unreachable" },
  { code: 551, subcode: 1545041, class: "recipient", word: "personUnavailable", step: "mark_unreachable" },
  { code: 613, subcode: null, class: "throttled", word: "throttled", step: "pause_page" },
  { code: 613, subcode: 2534040, class: "throttled", word: "throttled", step: "pause_page" },
  { code: 613, subcode: 2018338, class: "policy", word: "pageRestricted", step: "page_banner" },
  { code: 613, subcode: 1893016, class: "throttled", word: "tooSoon", step: "wait" },
  { code: 960, subcode: null, class: "transient", word: "metaUnavailable", step: "retry" },
  { code: 1200, subcode: null, class: "unknown_outcome", word: "unclear", step: "await_echo" },
  // The send page calls this one "window closed", every other page a person who cannot be reached.
  { code: 1545041, subcode: null, class: "recipient", word: "personUnavailable", step: "mark_unreachable" },
  { code: null, subcode: 2018171, class: "thread", word: "otherAppControls", step: "offer_control" },
  { code: null, subcode: 2018218, class: "input", word: "profileHidden", step: "none" },
  { code: null, subcode: 2018247, class: "input", word: "profileHidden", step: "none" },
  { code: null, subcode: 2534122, class: "policy", word: "pageRestricted", step: "page_banner" },
  { code: 2022, subcode: null, class: "policy", word: "pageRestricted", step: "page_banner" },
  { code: 10303, subcode: null, class: "input", word: "rejected", step: "none" },
  { code: 10900, subcode: null, class: "input", word: "rejected", step: "none" },
  { code: 10903, subcode: null, class: "input", word: "rejected", step: "none" },
  { code: 10904, subcode: null, class: "input", word: "rejected", step: "none" },
  { code: 36103, subcode: null, class: "permission", word: "permissionMissing", step: "checklist" },
  // Limits per use: ads 80000, 80003 and 80004, leads 80005, WhatsApp 80008, catalogues 80009 and 80014.
  { code: 80000, subcode: null, class: "throttled", word: "throttled", step: "wait" },
  { code: 80001, upTo: 80002, subcode: null, class: "throttled", word: "throttled", step: "pause_page" },
  { code: 80003, upTo: 80005, subcode: null, class: "throttled", word: "throttled", step: "wait" },
  { code: 80006, upTo: 80007, subcode: null, class: "throttled", word: "throttled", step: "pause_page" },
  { code: 80008, upTo: 80009, subcode: null, class: "throttled", word: "throttled", step: "wait" },
  { code: 80014, subcode: null, class: "throttled", word: "throttled", step: "wait" },
  { code: 9000001, subcode: null, class: "input", word: "messageGone", step: "none" },
];
