/**
 * What a download asks for: the inbox's own filter words, a format and, for CSV, a delimiter. Here nothing is
 * left out kindly: a filter half understood would put leads into the file that nobody asked for.
 */
import { type LeadFilter, leadFilterWords, parseLeadFilter } from "#lib/leads/lead-filter.ts";
import { type Delimiter, delimiters } from "./csv.ts";

export const exportFormats = ["csv", "xlsx"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export type ExportQuery = { filter: LeadFilter; format: ExportFormat; delimiter: Delimiter };

/** `lead` says which lead stands open beside the list; an address copied from the inbox may carry it. */
const known: ReadonlySet<string> = new Set([...leadFilterWords, "format", "delimiter", "lead"]);

export function parseExportQuery(
  params: URLSearchParams,
): { ok: true; query: ExportQuery } | { ok: false; sentence: string } {
  const strangers = [...new Set(params.keys())].filter((word) => !known.has(word));
  if (strangers.length > 0) return refuse(`These words are not known here: ${named(strangers)}.`);

  const format = exportFormats.find((each) => each === only(params, "format"));
  if (format === undefined) return refuse("Say which format: format=csv or format=xlsx.");

  const wished = params.has("delimiter") ? only(params, "delimiter") : "comma";
  if (wished !== "comma" && wished !== "semicolon")
    return refuse(`The delimiter is one of: ${Object.keys(delimiters).join(", ")}.`);

  const { filter, rejected } = parseLeadFilter(params);
  if (rejected.length > 0) return refuse(`These filters could not be understood: ${named(rejected)}.`);
  return { ok: true, query: { filter, format, delimiter: wished } };
}

function only(params: URLSearchParams, word: string): string | null {
  const values = params.getAll(word);
  return values.length === 1 ? (values[0] ?? null) : null;
}

function named(words: readonly string[]): string {
  const shown = words.slice(0, 5).map((word) => `"${word.length > 60 ? `${word.slice(0, 60)}…` : word}"`);
  return words.length > 5 ? `${shown.join(", ")} and ${words.length - 5} more` : shown.join(", ");
}

function refuse(sentence: string): { ok: false; sentence: string } {
  return { ok: false, sentence };
}
