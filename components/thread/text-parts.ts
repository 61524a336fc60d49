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
const EMOJI_BEFORE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]$/u;
const EMOJI_AFTER = /^\p{Extended_Pictographic}/u;
const JOINING_BEFORE = /[\p{L}\p{M}]$/u;
const JOINING_AFTER = /^[\p{L}\p{M}]/u;
const FLAG_TAIL = /\u{1f3f4}[\u{e0020}-\u{e007f}]*$/u;

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
    if (isShaping(match[0], text.slice(0, match.index), text.slice(end))) continue;
    if (match.index > from) parts.push({ kind: "text", text: text.slice(from, match.index) });
    parts.push({ kind: "mark", code: codeOf(match[0]) });
    from = end;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}

function isShaping(character: string, before: string, after: string): boolean {
  if (character === "\u200d" && EMOJI_BEFORE.test(before) && EMOJI_AFTER.test(after)) return true;
  if (character === "\u200c" || character === "\u200d") {
    // Latin needs no joiners: between its letters they only serve to hide that a word is another one.
    return JOINING_BEFORE.test(before) && JOINING_AFTER.test(after) && !/\p{Script=Latin}$/u.test(before);
  }
  return /[\u{e0020}-\u{e007f}]/u.test(character) && FLAG_TAIL.test(before);
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
