import { type GraphErrorClass, type GraphErrorRow, type GraphErrorWord, graphErrorTable } from "./graph-error-table.ts";

/**
 * What an answer of Graph's means for the call that got it. The same error may be tried again after a read, and must
 * never be after a send: the message may already be with the person. So a send that was not refused in words Meta
 * documents has an unknown outcome, and only its echo tells.
 */
export type GraphErrorFacts = {
  /** HTTP status; 0 when no answer came. */
  status: number;
  code: number | null;
  subcode: number | null;
  isTransient: boolean;
};

export type GraphCall = "send" | "control" | "read";

export type GraphErrorMeaning = { class: GraphErrorClass; word: GraphErrorWord };

const UNCLEAR: GraphErrorMeaning = { class: "unknown_outcome", word: "unclear" };
const UNAVAILABLE: GraphErrorMeaning = { class: "transient", word: "metaUnavailable" };
const THROTTLED: GraphErrorMeaning = { class: "throttled", word: "throttled" };
const REJECTED: GraphErrorMeaning = { class: "input", word: "rejected" };

export function classifyGraphError(facts: GraphErrorFacts, call: GraphCall): GraphErrorMeaning {
  const row = findRow(facts);
  if (row?.class === "throttled") return THROTTLED;
  if (facts.isTransient) return call === "send" ? UNCLEAR : UNAVAILABLE;
  if (row !== undefined) return forCall({ class: row.class, word: row.word }, call);
  // An answer that only says "slow down" proves that nothing was accepted.
  if (facts.status === 429) return THROTTLED;
  if (call === "send") return UNCLEAR;
  return facts.status >= 400 && facts.status < 500 && facts.code !== null ? REJECTED : UNAVAILABLE;
}

/** Meta's order: code and subcode, then the subcode under whatever code it came, then the code. */
function findRow({ code, subcode }: GraphErrorFacts): GraphErrorRow | undefined {
  const rows = subcode === null ? [] : graphErrorTable.filter((row) => row.subcode === subcode);
  return (
    rows.find((row) => row.code === code) ??
    rows[0] ??
    graphErrorTable.find((row) => row.subcode === null && isCodeOf(row, code))
  );
}

function isCodeOf(row: GraphErrorRow, code: number | null): boolean {
  return code !== null && row.code !== null && code >= row.code && code <= (row.upTo ?? row.code);
}

function forCall(meaning: GraphErrorMeaning, call: GraphCall): GraphErrorMeaning {
  if (call === "send") return meaning.class === "transient" ? UNCLEAR : meaning;
  return meaning.class === "unknown_outcome" ? UNAVAILABLE : meaning;
}
