/** Times in words, by the visitor's language and zone. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** @param {number} at @param {string} language */
export function timeOf(at, language) {
  return new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(at);
}

/** @param {number} at @param {string} language */
export function dayOf(at, language) {
  return new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" }).format(at);
}

/** The time alone today, with its day otherwise. @param {number} at @param {number} now @param {string} language */
export function shortly(at, now, language) {
  if (isSameDay(at, now)) return timeOf(at, language);
  if (Math.abs(now - at) < 6 * DAY)
    return `${new Intl.DateTimeFormat(language, { weekday: "short" }).format(at)} ${timeOf(at, language)}`;
  return new Intl.DateTimeFormat(language, { day: "numeric", month: "short" }).format(at);
}

/** @param {number} a @param {number} b */
export function isSameDay(a, b) {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
