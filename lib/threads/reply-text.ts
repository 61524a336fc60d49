/**
 * How much one message holds, and where a longer text is cut: between paragraphs where that leaves a decent part,
 * else between sentences, else between words, and never inside what people see as one character.
 * Messenger counts characters, Instagram bytes.
 */
export type Platform = "messenger" | "instagram";

const limits: Record<Platform, { max: number; unit: "characters" | "bytes" }> = {
  messenger: { max: 2000, unit: "characters" },
  instagram: { max: 1000, unit: "bytes" },
};

/** More messages than this at once is no reply any more. */
export const MAX_PARTS = 5;

export function textLimit(platform: Platform): { max: number; unit: "characters" | "bytes" } {
  return limits[platform];
}

/** Whether a text leaves in so many messages that it is no reply any more. */
export function isTooLong(text: string, platform: Platform): boolean {
  return textSize(text, platform) > MAX_PARTS * limits[platform].max || splitText(text, platform).length > MAX_PARTS;
}

/** How much of a message a text takes. Blanks around it are not sent. */
export function textSize(text: string, platform: Platform): number {
  return sizeOf(text.trim(), platform);
}

/** The parts a text leaves in; put together they are the text. Each is sent without the blanks around it. */
export function splitText(text: string, platform: Platform): string[] {
  const parts: string[] = [];
  let rest = text;
  while (textSize(rest, platform) > limits[platform].max) {
    const cut = cutOf(rest, platform);
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...parts, rest];
}

const encoder = new TextEncoder();
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

const breaks = [
  /\n[^\S\n]*\n\s*/g,
  // The end of a sentence, with the quotation mark or bracket that closes it.
  /(?:[.!?…]["'”’»)\]]*\s+|[。！？]["'”’»）」』]*\s*|\n\s*)/g,
  /\s+/g,
];

function sizeOf(text: string, platform: Platform): number {
  return limits[platform].unit === "bytes" ? encoder.encode(text).byteLength : text.length;
}

function cutOf(text: string, platform: Platform): number {
  const lead = text.length - text.trimStart().length;
  const end = lead + fitting(text.slice(lead), platform);
  for (const pattern of breaks) {
    const cut = lastBreak(text, pattern, lead, end);
    // A mark may sit on a blank, and then the two are one character.
    if (cut !== null && characterAt(text, cut) === cut) return cut;
  }
  const start = characterAt(text, end);
  if (start > lead) return start;
  // One "character" larger than a message, made of hundreds of marks: it is cut like anything else, between code points.
  return end;
}

/** Where the character begins that stands at a place. */
function characterAt(text: string, place: number): number {
  return graphemes.segment(text).containing(place)?.index ?? place;
}

/** How many code units of a text, whole code points, one message holds. */
function fitting(text: string, platform: Platform): number {
  const { max } = limits[platform];
  let size = 0;
  let units = 0;
  while (units < text.length) {
    const point = text.codePointAt(units) ?? 0;
    const width = point > 0xffff ? 2 : 1;
    size += limits[platform].unit === "characters" ? width : bytesOf(point);
    if (size > max) return units;
    units += width;
  }
  return units;
}

/** In UTF-8; half a surrogate pair is sent as a replacement character of three. */
function bytesOf(point: number): number {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}

/** Behind the last break that begins before `end` and leaves at least half a message in front of it. */
function lastBreak(text: string, pattern: RegExp, lead: number, end: number): number | null {
  const half = lead + (end - lead) / 2;
  // What is sent ends where the blanks of the break begin, so a break may reach past the end.
  const found = [...text.slice(0, end + 1).matchAll(pattern)].findLast(
    ({ index, 0: matched }) => index + matched.trimEnd().length <= end && index >= half,
  );
  if (found === undefined) return null;
  const behind = text.slice(found.index + found[0].length);
  return found.index + found[0].length + (behind.length - behind.trimStart().length);
}
