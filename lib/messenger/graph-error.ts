import {
  type GraphErrorClass,
  type GraphErrorRow,
  type GraphErrorStep,
  type GraphErrorWord,
  graphErrorTable,
} from "./graph-error-table.ts";

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

/** `tries`: for what may be tried again, how often in all, and what is left to do afterwards. */
export type GraphErrorMeaning = {
  class: GraphErrorClass;
  word: GraphErrorWord;
  step: GraphErrorStep;
  tries: { times: number; step: GraphErrorStep } | null;
};

const UNCLEAR: GraphErrorMeaning = { class: "unknown_outcome", word: "unclear", step: "await_echo", tries: null };
const UNAVAILABLE: GraphErrorMeaning = {
  class: "transient",
  word: "metaUnavailable",
  step: "retry",
  tries: { times: 5, step: "none" },
};
const THROTTLED: GraphErrorMeaning = { class: "throttled", word: "throttled", step: "pause_page", tries: null };
const REJECTED: GraphErrorMeaning = { class: "input", word: "rejected", step: "none", tries: null };

export function classifyGraphError(facts: GraphErrorFacts, call: GraphCall): GraphErrorMeaning {
  const row = findRow(facts);
  if (row?.class === "throttled") return meaningOf(row);
  // An answer that only says "slow down" proves that nothing was accepted.
  if (facts.status === 429 && (row === undefined || facts.isTransient)) return THROTTLED;
  if (facts.isTransient) return call === "send" ? UNCLEAR : UNAVAILABLE;
  if (row !== undefined) return forCall(row, call);
  if (call === "send") return UNCLEAR;
  return facts.status >= 400 && facts.status < 500 && facts.code !== null ? REJECTED : UNAVAILABLE;
}

/** Meta's order: code and subcode, then the subcode under whatever code it came, then the code. */
function findRow({ code, subcode }: GraphErrorFacts): GraphErrorRow | undefined {
  const rows = subcode === null ? [] : graphErrorTable.filter((row) => row.subcode === subcode);
  return (
    rows.find((row) => row.code === code) ??
    rows[0] ??
    graphErrorTable.find((row) => row.subcode === null && isCodeOf(row, code)) ??
    // Meta's page lists some numbers without saying whether they are codes or subcodes.
    graphErrorTable.find((row) => row.code === null && row.subcode === code)
  );
}

function isCodeOf(row: GraphErrorRow, code: number | null): boolean {
  return code !== null && row.code !== null && code >= row.code && code <= (row.upTo ?? row.code);
}

function forCall(row: GraphErrorRow, call: GraphCall): GraphErrorMeaning {
  if (call === "send") return row.class === "transient" ? UNCLEAR : meaningOf(row);
  if (row.class !== "unknown_outcome" && row.class !== "transient") return meaningOf(row);
  return { ...UNAVAILABLE, tries: row.tries ?? UNAVAILABLE.tries };
}

function meaningOf({ class: kind, word, step }: GraphErrorRow): GraphErrorMeaning {
  return { class: kind, word, step, tries: null };
}
