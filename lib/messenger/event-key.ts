import { createHash } from "node:crypto";
import type { Answer } from "./answers.ts";
import { readMetaTime } from "./meta-time.ts";

/**
 * The key of an event: equal for every repeat Meta sends of it, different for everything else on its page. Keys are
 * made of what the event says and never of when or how it reached us, nor of `entry.time`, which a retry may change.
 * Times enter as Meta meant them, before we correct a clock that runs ahead.
 */
const MAX_LENGTH = 240;

type Part = string | number | boolean | Date | null;

/** Parts in their order behind a word; long ones as their hash, so that any key fits into an index. */
export function eventKey(word: string, parts: readonly Part[]): string {
  const key = [word, ...parts.map(plain).map(escapeColons)].join(":");
  return key.length <= MAX_LENGTH ? key : `${word}:sha256:${sha256(key)}`;
}

/** Referrals have no id. A repeat says the same about the same person, ad and moment. */
export function leadReferralKey(referral: {
  pageId: string;
  psid: string;
  outcome: string;
  adId: string | null;
  time: Date | null;
  answers: readonly Answer[];
}): string {
  const { pageId, psid, outcome, adId, time, answers } = referral;
  const data = answers.map(({ question, answer }) => [question, answer]);
  return `lead_referral:sha256:${sha256(JSON.stringify([pageId, psid, outcome, adId, plain(time), data]))}`;
}

/** What we do not understand is known by its whole content, whatever the order of its fields and the unit of its time. */
export function unknownKey(what: string, item: unknown): string {
  return `unknown:${escapeColons(what)}:sha256:${sha256(canonical(item))}`;
}

/** For what has neither id nor time of its own and is still understood: by the words it was read into. */
export function contentKey(word: string, parts: readonly Part[], content: unknown): string {
  return eventKey(word, [...parts, `sha256-${sha256(canonical(content))}`]);
}

function plain(part: Part): string {
  if (part === null) return "";
  return part instanceof Date ? String(part.getTime()) : String(part);
}

function escapeColons(part: string): string {
  return part.replaceAll("%", "%25").replaceAll(":", "%3A");
}

/** Times come in several units, and are the same times. */
const TIMES: readonly string[] = ["timestamp", "time", "created_time", "watermark", "start_time", "end_time"];

/** Recursion is safe here: lossless-json.ts lets nothing through that is nested deeply. */
function canonical(value: unknown, field = ""): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one)).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one, name)}`).join(",")}}`;
  }
  if (TIMES.includes(field)) return `"${readMetaTime(value)?.getTime() ?? String(value)}"`;
  // Ids come as numbers or strings, and are the same ids.
  if (typeof value === "number") return `"${value}"`;
  return JSON.stringify(value) ?? "null";
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
