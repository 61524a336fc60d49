/**
 * E-mails, phones and places inside an answer. People type them as they like; the text stays as it is, and
 * the parts one can act on carry a link. A number without a country belongs to the page's default country.
 */
import { diallingOf } from "./calling-codes.ts";

export type AnswerPart = { kind: "text" | "email" | "phone" | "place"; text: string; href: string | null };

// All repetitions are bounded: an answer may have 10,000 characters that almost match.
const EMAIL =
  /(?<![\p{L}\p{N}._%+@-])[\p{L}\p{N}_%+'-][\p{L}\p{N}._%+'-]{0,63}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}@-])/u;
const PHONE = /(?<![\p{L}\p{N}.,/@_-])(?:\+|\(\+?)?\d[\d\s()./\u2010-\u2015-]{4,28}\d(?![\p{L}\p{N}@_])/u;
/** A postcode with the name of its town, the way addresses are written in most of Europe. */
const PLACE =
  /(?<![\p{L}\p{N}.,+-])(?:[A-Z]{1,2}-)?(?:\d{4,5}|\d{4} ?[A-Z]{2}|\d{3} ?\d{2}|\d{2}-\d{3}) \p{Lu}[\p{L}'’.-]{1,40}(?: (?:am|an der|im|in|bei|ob der|\p{Lu}[\p{L}'’.-]{1,40})){0,3}/u;
const ANY = new RegExp(`(?<email>${EMAIL.source})|(?<place>${PLACE.source})|(?<phone>${PHONE.source})`, "gu");

const ASKS_FOR_PHONE = /phone|tel|mobil|handy|cell|whats\s?app|rufnummer|anrufen|call you/iu;
const ASKS_FOR_PLACE =
  /post\s?code|postal|plz|postleitzahl|\bzip|city|town|stadt|wohnort|\bort\b|address|adresse|anschrift|where do you live/iu;
const DATE = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/;
const DIGITS = { least: 7, most: 15 };

/** The answer cut into parts; joined they are the answer again. */
export function answerParts(given: { question: string; answer: string }, country: string): AnswerPart[] {
  if (isPlaceAnswer(given)) return [{ kind: "place", text: given.answer, href: null }];

  const asksForPhone = ASKS_FOR_PHONE.test(given.question);
  const parts: AnswerPart[] = [];
  let end = 0;
  for (const match of given.answer.matchAll(ANY)) {
    const part = partOf(match, country, asksForPhone);
    if (part === null) continue;
    if (match.index > end) parts.push(plain(given.answer.slice(end, match.index)));
    parts.push(part);
    end = match.index + part.text.length;
  }
  if (end < given.answer.length) parts.push(plain(given.answer.slice(end)));
  return parts;
}

/** The number as the world dials it, `+491701234567`, or null when this is none. */
export function internationalPhone(text: string, country: string, isSurelyPhone = false): string | null {
  if (DATE.test(text.trim())) return null;
  // "+49 (0) 170": the zero in brackets is for those at home only.
  const digits = text.replace(/\(0\)/u, "").replace(/\D/gu, "");
  const isLong = digits.length >= DIGITS.least && digits.length <= DIGITS.most;

  if (/^\s*\(?\+/u.test(text)) return isLong && !digits.startsWith("0") ? `+${digits}` : null;
  if (!isLong) return null;

  const dialling = diallingOf(country);
  if (digits.startsWith("00") && dialling?.code !== "1") {
    const abroad = digits.slice(2);
    return abroad.length >= DIGITS.least && !abroad.startsWith("0") ? `+${abroad}` : null;
  }
  if (dialling === null) return null;
  const national = nationalDigits(digits, dialling.trunk, isSurelyPhone);
  // E.164 counts the country's digits too.
  return national === null || dialling.code.length + national.length > DIGITS.most
    ? null
    : `+${dialling.code}${national}`;
}

function nationalDigits(digits: string, trunk: string, isSurelyPhone: boolean): string | null {
  const hasTrunk = trunk !== "" && digits.startsWith(trunk);
  // North Americans leave their 1 out, and write ten digits.
  if (trunk === "1") return hasTrunk && digits.length === 11 ? digits.slice(1) : digits.length === 10 ? digits : null;
  if (hasTrunk && digits.length > trunk.length + 5) return digits.slice(trunk.length);
  // Without a leading zero a number may be anything; only a question about phones makes it one.
  const mayBeBare = trunk === "" ? digits.length >= 8 && digits.length <= 11 : digits.length <= 12;
  return mayBeBare && (isSurelyPhone || (trunk === "" && digits.length === 9)) ? digits : null;
}

function partOf(match: RegExpMatchArray, country: string, asksForPhone: boolean): AnswerPart | null {
  const { email, place, phone } = match.groups ?? {};
  if (email !== undefined) return { kind: "email", text: email, href: mailto(email) };
  if (place !== undefined) return { kind: "place", text: place, href: null };
  if (phone === undefined) return null;
  const number = internationalPhone(phone, country, asksForPhone);
  return number === null ? null : { kind: "phone", text: phone, href: `tel:${number}` };
}

/** Nothing in the address may open a second header of the mail. */
function mailto(email: string): string {
  const at = email.lastIndexOf("@");
  return `mailto:${encodeURIComponent(email.slice(0, at))}@${email.slice(at + 1)}`;
}

function isPlaceAnswer({ question, answer }: { question: string; answer: string }): boolean {
  return (
    ASKS_FOR_PLACE.test(question) &&
    answer.trim() !== "" &&
    answer.length <= 200 &&
    !answer.includes("@") &&
    !/\d{6}/u.test(answer)
  );
}

function plain(text: string): AnswerPart {
  return { kind: "text", text, href: null };
}
