/**
 * Meta's clock. The same field carries seconds in one event, milliseconds or microseconds in another, as a number or
 * as digits in a string; the size tells which. Nothing else in the product converts a time of Meta's.
 */
const SECONDS_BELOW = 1e11;
const MICROSECONDS_ABOVE = 1e14;
/** Messenger threads are younger than this; anything before is a number that was never a time. */
const EARLIEST = Date.UTC(2008, 0, 1);
const CLOCK_SKEW = 5 * 60 * 1000;

/** The moment a value names, or null when it names none. */
export function readMetaTime(value: unknown): Date | null {
  const number = asNumber(value);
  if (number === null) return null;

  const time = new Date(Math.floor(asMilliseconds(number)));
  return Number.isNaN(time.getTime()) || time.getTime() < EARLIEST ? null : time;
}

/**
 * When an event happened: the first of the candidates that names a moment, else when we received it. Nothing can
 * happen after it was received; a clock that says so is wrong, and believing it would hold a reply window open.
 */
export function eventTime(candidates: readonly unknown[], receivedAt: Date): Date {
  for (const candidate of candidates) {
    const time = readMetaTime(candidate);
    if (time !== null) return notAfter(receivedAt, time);
  }
  return receivedAt;
}

/** A time later than five minutes after receipt counts as the receipt. */
export function notAfter(receivedAt: Date, time: Date): Date {
  return time.getTime() > receivedAt.getTime() + CLOCK_SKEW ? receivedAt : time;
}

function asNumber(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string" && /^\d{1,20}(\.\d{1,9})?$/.test(value.trim())) return Number(value);
  return null;
}

function asMilliseconds(number: number): number {
  if (number < SECONDS_BELOW) return number * 1000;
  return number > MICROSECONDS_ABOVE ? number / 1000 : number;
}
