import { readMetaTime } from "./meta-time.ts";

/**
 * Times as Graph writes them: "2026-11-20T10:05:17+0000" in conversations and leads, seconds in tokens and owners.
 * In tokens 0 says "never".
 */
const ISO = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:?\d{2})$/;

export function readGraphTime(value: unknown): Date | null {
  const [, moment, zone] = typeof value === "string" ? (ISO.exec(value.trim()) ?? []) : [];
  if (moment === undefined || zone === undefined) return readMetaTime(value);
  const time = Date.parse(`${moment}${zone === "Z" ? zone : zone.replace(/^(...):?/, "$1:")}`);
  return Number.isNaN(time) ? null : readMetaTime(time);
}
