/**
 * What a person typed, cut into parts that are safe to show: plain text, https links, and marks for
 * characters that cannot be seen but could turn a line around or hide a word.
 */
export type TextPart =
  | { kind: "text"; text: string }
  | { kind: "link"; text: string; href: string }
  | { kind: "mark"; code: string };

const LINK = /https:\/\/[^\s<>"'`\\^{}|]+/giu;
const TRAILING = /[.,;:!?)\]}»”’…]+$/u;

/** Zero-width joiners shape letters and emoji; flag tags follow a black flag. Anything else unseen gets a mark. */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]/gu;
// One character at a time and without anchors: Chromium finds no match for a class of such letters before `$`.
const EMOJI = /\p{Extended_Pictographic}/u;
const EMOJI_END = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u;
const LETTER = /[\p{L}\p{M}]/u;
const LATIN = /\p{Script=Latin}/u;
const FLAG = "\u{1f3f4}";
const FLAG_TAG = /[\u{e0020}-\u{e007f}]/u;
const LONGEST_FLAG = 8;

export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const shown = match[0].replace(TRAILING, "");
    const href = safeHref(shown);
    if (href === null) continue;
    parts.push(...withMarks(text.slice(from, match.index)), { kind: "link", text: shown, href });
    from = match.index + shown.length;
  }
  parts.push(...withMarks(text.slice(from)));
  return parts;
}

/** Letters that would turn the sentence around them. */
const TURNING = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** A name for use inside a sentence of ours: nothing hidden in it, and it keeps its direction to itself. */
export function inSentence(name: string): string {
  const shown = withMarks(name)
    .map((part) => (part.kind === "mark" ? `[${part.code}]` : part.text))
    .join("");
  return TURNING.test(shown) ? `\u2068${shown}\u2069` : shown;
}

/** An https address without a user name in front of the host, spelled the way the browser will open it. */
export function safeHref(address: string): string | null {
  if (!/^https:\/\//iu.test(address) || address.search(UNSEEN) !== -1 || !URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === "https:" && url.username === "" && url.password === "" ? url.href : null;
}

function withMarks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(UNSEEN)) {
    const end = match.index + match[0].length;
    if (isShaping(match[0], text, match.index)) continue;
    if (match.index > from) parts.push({ kind: "text", text: text.slice(from, match.index) });
    parts.push({ kind: "mark", code: codeOf(match[0]) });
    from = end;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}

function isShaping(character: string, text: string, index: number): boolean {
  const before = characterBefore(text, index);
  const after = characterAt(text, index + character.length);
  if (character === "\u200d" && EMOJI_END.test(before) && EMOJI.test(after)) return true;
  if (character === "\u200c" || character === "\u200d") {
    // Latin needs no joiners: between its letters they only serve to hide that a word is another one.
    return LETTER.test(before) && LETTER.test(after) && !LATIN.test(before);
  }
  return FLAG_TAG.test(character) && isInFlag(text, index);
}

/** Whether only flag tags stand between this place and a black flag. */
function isInFlag(text: string, index: number): boolean {
  let at = index;
  for (let step = 0; step < LONGEST_FLAG; step += 1) {
    const before = characterBefore(text, at);
    if (before === FLAG) return true;
    if (!FLAG_TAG.test(before)) return false;
    at -= before.length;
  }
  return false;
}

function characterAt(text: string, index: number): string {
  const point = text.codePointAt(index);
  return point === undefined ? "" : String.fromCodePoint(point);
}

function characterBefore(text: string, index: number): string {
  const pair = index > 1 ? characterAt(text, index - 2) : "";
  return pair.length === 2 ? pair : text.slice(Math.max(0, index - 1), index);
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
