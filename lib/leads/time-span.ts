/** The filter words `from` and `to`: a date is that whole day in the viewer's zone, a time is exact. */
import { instantOf, type WallTime } from "./zoned-time.ts";

/** From the first instant in to the first instant out. */
export type TimeSpan = { from: Date | null; to: Date | null };

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d{0,6})?)?(Z|[+-]\d{2}:?\d{2})?$/i;

type Moment = { wall: WallTime; isDate: boolean; offsetMinutes: number | null };

export function timeSpan(filter: { from: string | null; to: string | null }, timeZone: string): TimeSpan {
  return {
    from: filter.from === null ? null : firstInstant(filter.from, timeZone),
    to: filter.to === null ? null : firstInstantAfter(filter.to, timeZone),
  };
}

/** A day or a time that the calendar has. */
export function isMoment(text: string): boolean {
  return readMoment(text) !== null;
}

function firstInstant(text: string, timeZone: string): Date | null {
  const moment = readMoment(text);
  return moment === null ? null : instant(moment, timeZone);
}

/** The named day, or the named instant, still belongs to the span. */
function firstInstantAfter(text: string, timeZone: string): Date | null {
  const moment = readMoment(text);
  if (moment === null) return null;
  if (!moment.isDate) return new Date(instant(moment, timeZone).getTime() + 1);
  return instantOf({ ...moment.wall, day: moment.wall.day + 1 }, timeZone);
}

function instant({ wall, offsetMinutes }: Moment, timeZone: string): Date {
  if (offsetMinutes === null) return instantOf(wall, timeZone);
  return instantOf({ ...wall, minute: wall.minute - offsetMinutes }, "UTC");
}

function readMoment(text: string): Moment | null {
  const match = DATE.exec(text) ?? TIME.exec(text);
  if (match === null) return null;

  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "0", zone] = match;
  const wall: WallTime = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: Number(fraction.padEnd(3, "0")),
  };
  const offsetMinutes = zone === undefined ? null : readOffset(zone);
  const isReal = isCalendarDay(wall) && wall.hour < 24 && wall.minute < 60 && wall.second < 60;
  const isOffset = offsetMinutes === null || Math.abs(offsetMinutes) <= 14 * 60;

  return isReal && isOffset ? { wall, isDate: match.length === 4, offsetMinutes } : null;
}

function isCalendarDay({ year, month, day }: WallTime): boolean {
  // Beyond these years a day's neighbours leave what PostgreSQL and Date agree on.
  if (year < 1970 || year > 9998) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function readOffset(zone: string): number {
  if (zone.toUpperCase() === "Z") return 0;
  const digits = zone.slice(1).replace(":", "");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith("-") ? -minutes : minutes;
}
