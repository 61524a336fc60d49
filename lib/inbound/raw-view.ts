/**
 * Kept bytes as people read them. JSON is laid out token by token and never parsed, so that every digit and every
 * escape stands there as it came. Without people's words only what is known to be Meta's own is left of it.
 */
import { visibleJson } from "./visible-json.ts";

/** `hidden`: nothing of it can be shown without what people wrote. */
export type RawView = { form: "json" | "hex" | "hidden"; text: string; isCut: boolean };

/** `bytes`: how many there are; `begin`: as many of them as are looked at. */
export type RawBytes = { begin: Uint8Array; bytes: number };

/** Meta's words, where a value under such a name looks like one. */
const WORDS = ["object", "field", "type", "source", "action", "category", "op"];
const WORD = /^"[A-Za-z][A-Za-z_]{0,40}"$/;
const NUMBERS = ["time", "timestamp", "watermark", "app_id", "seq", "num_edit"];
/** As Meta writes its fields, and we ours. */
const NAME = /^"[a-z][A-Za-z0-9_]{0,39}"$/;
const HIDDEN = "•••";

const HEX_BYTES = 4 * 1024;
const DEEPEST = 40;

/** A string, a number or word, one mark, blanks, or anything else up to the next of these. */
const TOKEN = /"(?:[^"\\]|\\[\s\S])*"?|[-+.\w]+|[{}[\],:]|\s+|[^"\s{}[\],:\w.+-]+/g;

/** With `shownIds` people's words are hidden; these ids, of pages of ours, may stand there. */
export function rawView({ begin, bytes }: RawBytes, shownIds: ReadonlySet<string> | null): RawView {
  const isCut = begin.byteLength < bytes;
  const text = decode(begin, isCut);
  const isJson = text !== null && /^\s*[{[]/.test(text);
  if (shownIds !== null && !isJson) return { form: "hidden", text: "", isCut: false };
  if (text === null) return { form: "hex", text: hexDump(begin.subarray(0, HEX_BYTES)), isCut: bytes > HEX_BYTES };
  const laidOut = isJson
    ? layOut(text, (token, name) => (shownIds === null ? token : masked(token, name, shownIds)))
    : text;
  return { form: "json", text: visibleJson(laidOut), isCut };
}

/** Null where it is no text. A character that the end cuts in two is left out. */
function decode(begin: Uint8Array, isCut: boolean): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(begin, { stream: isCut });
    // Control characters other than blanks: bytes that happen to be UTF-8.
    return /[\0-\x08\x0e-\x1f]/.test(text) ? null : text;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Two blanks per level, one value per line. `show` is asked for each value with its name, and for each name with null. */
function layOut(text: string, show: (token: string, name: string | null) => string): string {
  const tokens = [...text.matchAll(TOKEN)].map(([token]) => token).filter((token) => token.trim() !== "");
  let out = "";
  let depth = 0;
  let name = "";
  const line = () => `\n${"  ".repeat(Math.min(depth, DEEPEST))}`;
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1];
    if (token === "{" || token === "[") {
      depth += 1;
      out += token + (next === "}" || next === "]" ? "" : line());
    } else if (token === "}" || token === "]") {
      depth = Math.max(0, depth - 1);
      const before = tokens[i - 1];
      out += (before === "{" || before === "[" ? "" : line()) + token;
    } else if (token === ",") {
      out += token + line();
    } else if (token === ":") {
      out += ": ";
    } else if (next === ":") {
      name = token.replaceAll('"', "");
      out += show(token, null);
    } else {
      out += show(token, name);
    }
  }
  return out;
}

function masked(token: string, name: string | null, shownIds: ReadonlySet<string>): string {
  if (name === null) return NAME.test(token) ? token : `"${HIDDEN}"`;
  if (["true", "false", "null"].includes(token)) return token;
  if (shownIds.has(token.replaceAll('"', ""))) return token;
  const isNumber = /^"?-?\d+"?$/.test(token);
  if ((WORDS.includes(name) && WORD.test(token)) || (NUMBERS.includes(name) && isNumber)) return token;
  return `"${HIDDEN}"`;
}

/** Sixteen bytes a line: where they lie, what they are, and the letters among them. */
function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.byteLength; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const letters = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
    lines.push(`${at.toString(16).padStart(6, "0")}  ${hex.padEnd(47)}  ${letters}`);
  }
  return lines.join("\n");
}
