/**
 * Cells as CSV the way Excel opens it: UTF-8 with BOM, CRLF, every field quoted (RFC 4180). People typed
 * these cells, so whatever a spreadsheet could run as a formula gets a leading apostrophe.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export const delimiters = { comma: ",", semicolon: ";" } as const;
export type Delimiter = keyof typeof delimiters;

const BOM = "\uFEFF";
const CHUNK = 64 * 1024;
/** Blanks and what no eye sees: spreadsheets skip it, so does the guard. */
const UNSEEN = /^[\s\p{Z}\p{Cc}\p{Cf}\p{M}\u115F\u1160\u2800\u3164\uFFA0]+/u;
const TRIGGER = /^[=+\-@\u2212]/u;

export async function* csv(rows: AsyncIterable<readonly string[]>, delimiter: Delimiter): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = BOM;
  for await (const row of rows) {
    text += csvLine(row, delimiter);
    if (text.length < CHUNK) continue;
    yield encoder.encode(text);
    text = "";
  }
  if (text !== "") yield encoder.encode(text);
}

export function csvLine(cells: readonly string[], delimiter: Delimiter): string {
  return `${cells.map(quoted).join(delimiters[delimiter])}\r\n`;
}

/** The apostrophe tells a spreadsheet that this is text. */
export function guardFormula(text: string): string {
  return isRunnable(text) ? `'${text}` : text;
}

function isRunnable(text: string): boolean {
  if (/^[\t\r\n]/.test(text)) return true;
  // NFKC turns the fullwidth and small forms of the signs, which some programs accept, into the plain ones.
  const first = text.replace(UNSEEN, "").slice(0, 4).normalize("NFKC");
  return TRIGGER.test(first);
}

function quoted(text: string): string {
  return `"${guardFormula(text).replaceAll('"', '""')}"`;
}
