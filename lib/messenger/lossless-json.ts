/**
 * JSON as Meta writes it, with long ids kept whole. Meta sends the same id now as a string, now as a number of up to
 * 18 digits, and JavaScript numbers are exact only to 15. So integers of 16 digits and more are read as strings.
 */
const LONG_INTEGER = /^-?[1-9]\d{15,}$/;

/**
 * Nothing of Meta's is nested deeper than about twelve. What lies deeper than this reads as null: a recursive
 * reader further on would otherwise overflow the stack, and one bad item would take its neighbours with it.
 */
const MAX_DEPTH = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The value, or null when this is not JSON. Bytes that are not UTF-8 become U+FFFD, a byte order mark is ignored. */
export function parseLosslessJson(body: Uint8Array | string): unknown {
  const text = typeof body === "string" ? body.replace(/^\uFEFF/, "") : new TextDecoder().decode(body);
  try {
    const value: unknown = JSON.parse(quoteLongIntegers(text));
    return value;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

/** One pass from left to right. What it does not understand it copies, for JSON.parse to judge. */
function quoteLongIntegers(text: string): string {
  let out = "";
  let copied = 0;
  let depth = 0;
  let at = 0;

  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (isNumberStart(code)) {
      const end = endOfNumber(text, at);
      const literal = text.slice(at, end);
      if (LONG_INTEGER.test(literal)) {
        out += `${text.slice(copied, at)}"${literal}"`;
        copied = end;
      }
      at = end;
    } else if (isOpening(code)) {
      depth += 1;
      if (depth > MAX_DEPTH) {
        out += `${text.slice(copied, at)}null`;
        at = endOfNesting(text, at);
        copied = at;
        depth -= 1;
      } else {
        at += 1;
      }
    } else {
      if (isClosing(code)) depth -= 1;
      at += 1;
    }
  }
  return copied === 0 ? text : out + text.slice(copied);
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    at += code === BACKSLASH ? 2 : 1;
  }
  return text.length;
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && isNumberPart(text.charCodeAt(at))) at += 1;
  return at;
}

function endOfNesting(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      continue;
    }
    at += 1;
    if (isOpening(code)) depth += 1;
    if (isClosing(code)) depth -= 1;
    if (depth === 0) return at;
  }
  // Never closed: what is left of the outside is not closed either, and JSON.parse will say so.
  return text.length;
}

function isOpening(code: number): boolean {
  return code === 0x7b || code === 0x5b; // { [
}

function isClosing(code: number): boolean {
  return code === 0x7d || code === 0x5d; // } ]
}

function isNumberStart(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d; // 0-9 -
}

function isNumberPart(code: number): boolean {
  return isNumberStart(code) || code === 0x2b || code === 0x2e || code === 0x45 || code === 0x65; // + . E e
}
