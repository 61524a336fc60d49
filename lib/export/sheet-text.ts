/** Text that a spreadsheet's XML can hold. What the format cannot say is made visible, never dropped. */

/** Characters of one cell; Excel refuses a file with more. The CSV holds them all. */
export const MAX_CELL = 32_767;
const CUT = " … [cut at 32,767 characters; the CSV file holds all]";

/** Controls other than tab and line breaks, and what is no character at all. */
const ILLEGAL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
/** Readers turn `_x0041_` into "A"; escaping its underscore keeps what the person typed. */
const LOOKS_ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)/g;

/** What fits into one cell, and whether something had to go. */
export function cutToCell(text: string): { text: string; isCut: boolean } {
  if (text.length <= MAX_CELL) return { text, isCut: false };
  const kept = text.slice(0, MAX_CELL - CUT.length);
  return { text: kept.replace(/[\uD800-\uDBFF]$/, "") + CUT, isCut: true };
}

/** Most cells: nothing in them means anything to XML. */
const HARMLESS = /^[ !#-%'-;=?-^`-~\u00A0-\uD7FF]*$/;

/** A text as it stands inside an XML element of a sheet. */
export function sheetText(text: string): string {
  if (HARMLESS.test(text)) return text;
  return text
    .toWellFormed()
    .replace(ILLEGAL, (char) => (char < " " ? String.fromCharCode(0x2400 + char.charCodeAt(0)) : "\uFFFD"))
    .replace(LOOKS_ESCAPED, "_x005F_")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", "&#13;");
}

/** 0 is A, 26 is AA. */
export function columnName(index: number): string {
  let name = "";
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}
