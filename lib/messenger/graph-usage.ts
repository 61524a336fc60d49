import { parseLosslessJson } from "./lossless-json.ts";
import { isRecord } from "./record.ts";

/**
 * How much of Meta's limits is used up, as the headers of an answer tell, and how much to slow down for it. The
 * headers appear only after some use; without them there is nothing to slow down for.
 * https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export type GraphUsage = {
  /** Of the fullest limit that messages count towards, else of another; 100 and more is blocked. Null: not said. */
  percent: number | null;
  /** Which limit that is: "app", "page", "ad_account", or Meta's word for a business's use: "messenger", "leadgen" … */
  limit: string;
  /** How long Meta asks us to wait; null where it asks for nothing. */
  retryAfterMs: number | null;
};

type Limit = GraphUsage & { percent: number };

type Headers = { get(name: string): string | null };

/** Other uses, ads and leads of forms, have limits of their own, and must not hold messages back. */
const LIMITS_OF_MESSAGES = ["app", "page", "pages", "messenger", "instagram", "business"];

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Every limit of Meta's is over within a day. */
const LONGEST_MS = 24 * 60 * MINUTE;
const FROM_PERCENT = 75;
const BLOCKED_PERCENT = 100;
const LONGEST_PAUSE_MS = 30 * SECOND;

/** What an answer's headers say; null when they say nothing. */
export function readUsage(headers: Headers, now: Date): GraphUsage | null {
  const read = [
    ...readShare("app", headers.get("x-app-usage")),
    ...readShare("page", headers.get("x-page-usage")),
    ...readAdAccount(headers.get("x-ad-account-usage")),
    ...readBusiness(headers.get("x-business-use-case-usage")),
  ];
  const ofMessages = read.filter(({ limit }) => isOfMessages(limit));
  const limits = ofMessages.length > 0 ? ofMessages : read;
  const asked = readRetryAfter(headers.get("retry-after"), now);
  const retryAfterMs = longest([asked, ...limits.map((one) => one.retryAfterMs)]);
  const [fullest] = limits.toSorted((a, b) => b.percent - a.percent);
  if (fullest !== undefined) return { ...fullest, retryAfterMs };
  return retryAfterMs === null ? null : { percent: null, limit: "app", retryAfterMs };
}

/** How long to pause before the next call of the same kind: nothing below 75 %, then more and more, a minute when blocked. */
export function pauseMsAt(percent: number): number {
  if (percent < FROM_PERCENT) return 0;
  if (percent >= BLOCKED_PERCENT) return MINUTE;
  const share = (percent - FROM_PERCENT + 1) / (BLOCKED_PERCENT - FROM_PERCENT);
  return Math.round(LONGEST_PAUSE_MS * share ** 2);
}

/** The pause of a page's calls that an answer asks for: what Meta says, and at least what the percentage says. */
export function pauseMsAfter(usage: GraphUsage | null): number {
  return usage === null || !isOfMessages(usage.limit)
    ? 0
    : Math.max(usage.retryAfterMs ?? 0, pauseMsAt(usage.percent ?? 0));
}

function isOfMessages(limit: string): boolean {
  return LIMITS_OF_MESSAGES.includes(limit);
}

/** `{"call_count":28,"total_time":25,"total_cputime":25}`, each of them percent. */
function readShare(limit: string, header: string | null): Limit[] {
  return readOne(limit, parse(header));
}

function readOne(limit: string, share: unknown): Limit[] {
  if (!isRecord(share)) return [];
  const parts = [share.call_count, share.total_time, share.total_cputime].map(readNumber).filter((one) => one !== null);
  const minutes = readNumber(share.estimated_time_to_regain_access);
  if (parts.length === 0 && minutes === null) return [];
  return [{ percent: Math.max(0, ...parts), limit, retryAfterMs: readWait(minutes, MINUTE) }];
}

/** `{"acc_id_util_pct":9.67,"reset_time_duration":100}`; the time until zero matters only when nothing is left. */
function readAdAccount(header: string | null): Limit[] {
  const share = parse(header);
  const percent = isRecord(share) ? readNumber(share.acc_id_util_pct) : null;
  if (!isRecord(share) || percent === null) return [];
  const seconds = percent >= BLOCKED_PERCENT ? readNumber(share.reset_time_duration) : null;
  return [{ percent, limit: "ad_account", retryAfterMs: readWait(seconds, SECOND) }];
}

/** By page or business id, a list with one entry per use. */
function readBusiness(header: string | null): Limit[] {
  const businesses = parse(header);
  if (!isRecord(businesses)) return [];
  return Object.values(businesses)
    .flatMap((uses) => (Array.isArray(uses) ? uses : [uses]))
    .filter(isRecord)
    .flatMap((use) => readOne(typeof use.type === "string" ? use.type : "business", use));
}

/** Seconds, or a date. */
function readRetryAfter(header: string | null, now: Date): number | null {
  if (header === null) return null;
  const seconds = readNumber(header.trim());
  if (seconds !== null) return readWait(seconds, SECOND);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : readWait(at - now.getTime(), 1);
}

function readWait(amount: number | null, unitMs: number): number | null {
  return amount === null || amount <= 0 ? null : Math.min(Math.ceil(amount * unitMs), LONGEST_MS);
}

function readNumber(value: unknown): number | null {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

function parse(header: string | null): unknown {
  return header === null ? null : parseLosslessJson(header);
}

function longest(waits: (number | null)[]): number | null {
  const known = waits.filter((wait) => wait !== null);
  return known.length === 0 ? null : Math.max(...known);
}
