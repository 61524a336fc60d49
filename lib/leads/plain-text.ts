/**
 * What two texts must share to count as the same words: compatibility forms (NFKC) and blanks do not
 * matter, letters and case do. For comparing only; what people see is always the text as Meta sent it.
 */
export function plainText(text: string): string {
  return text.normalize("NFKC").replace(/\s+/gu, " ").trim();
}
