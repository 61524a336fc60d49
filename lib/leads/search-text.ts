/**
 * What a search looks through: everything about a lead in one line, spelled so that the same word is found
 * however it was written. Phone numbers stand in it as bare digits too.
 */
import { withoutCallingCode } from "./calling-codes.ts";

const MAX_LENGTH = 16_000;
/** Of one long answer this much is searched, so that it does not push the others out. */
const MAX_PART = 1_000;
const PHONE = /\+?\d[\d\s()/.-]{5,}\d/g;

/**
 * The line that is searched: of what people said and entered, and of Meta's ids, which are no telephone numbers. Our
 * own id is not in it: by digits of it nobody should be found, and by the whole of it see lead-where.ts.
 */
export function searchText(parts: readonly (string | null)[], ids: readonly (string | null)[] = []): string {
  const said = parts.flatMap((part) => (part === null || part === "" ? [] : [part.slice(0, MAX_PART)]));
  const phones = said.flatMap((part) => [...part.matchAll(PHONE)].map(([phone]) => phone.replace(/\D/g, "")));
  return plain([...phones, ...ids, ...said].filter((part) => part !== null).join("\n"))
    .slice(0, MAX_LENGTH)
    .toWellFormed();
}

/** What to look for. A number is looked for by its digits, without what countries and habits put in front. */
export function searchNeedle(q: string): string {
  const trimmed = q.trim();
  const digits = trimmed.replace(/\D/g, "");
  if (digits.length < 6 || !/^[+\d\s()/.-]+$/.test(trimmed)) return plain(trimmed);
  const fromAbroad = /^\(?\+/.test(trimmed) ? digits : digits.startsWith("00") ? digits.slice(2) : null;
  return (fromAbroad === null ? digits : withoutCallingCode(fromAbroad)).replace(/^0+/, "");
}

function plain(text: string): string {
  // In capitals a ß is SS.
  return text.normalize("NFKC").toLowerCase().replaceAll("ß", "ss").replace(/\s+/g, " ").trim();
}
