/** The first automatic reply to a complete lead: which lead it belongs to, and what it says. */
import { createHash } from "node:crypto";

/** A lead that reaches us later than this was told enough by waiting; a machine's greeting would be odd. */
export const MAX_WAIT_MS = 60 * 60 * 1000;

/** Nobody hears the same from a machine twice in a day. */
export const SAME_WORDS_MS = 24 * 60 * 60 * 1000;

/** One intent per lead, the same whenever it is asked for: so there is one reply. A UUID of version 8. */
export function greetingId(pageId: string, leadId: string): string {
  const hash = createHash("sha256").update(`greeting:${pageId}:${leadId}`).digest("hex");
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join("-");
}

/** Where the law wants people to know that no person writes, the page's sentence for it comes first. */
export function greetingText(text: string, disclosure: string | null): string {
  return disclosure === null || disclosure.trim() === "" ? text : `${disclosure.trim()}\n\n${text}`;
}
