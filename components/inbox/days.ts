/** The calendar day it is in a zone, some days away from now, as the filter words write it. */
export function dayIn(timeZone: string, now: Date, away: number): string {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
  }).formatToParts(now);
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return new Date(Date.UTC(read("year"), read("month") - 1, read("day") + away)).toISOString().slice(0, 10);
}
