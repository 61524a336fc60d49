import { z } from "zod";
import { readWebUrl } from "./attachments.ts";
import { readGraphTime } from "./graph-time.ts";
import { readMetaId } from "./meta-id.ts";
import { isRecord } from "./record.ts";
import { readText } from "./storable-text.ts";

/** The fields Graph's answers are made of. Each may be absent, null or in another type: then it reads as null. */
export const idField = z.unknown().optional().transform(readMetaId);
/** An id without which the rest is worth nothing. */
export const requiredId = z.unknown().transform((value, context) => {
  const id = readMetaId(value);
  if (id !== null) return id;
  context.addIssue({ code: "custom", message: "no id" });
  return z.NEVER;
});
export const textField = z.unknown().optional().transform(readText);
export const urlField = z.unknown().optional().transform(readWebUrl);
export const timeField = z.unknown().optional().transform(readGraphTime);

/** A claim: true, 1 or either in quotes; null when nothing is said. */
export const claimField = z
  .unknown()
  .optional()
  .transform((value) => {
    const text = readText(value)?.trim().toLowerCase() ?? null;
    return text === null ? null : text === "true" || text === "1";
  });

export const numberField = z
  .unknown()
  .optional()
  .transform((value) => {
    const text = readText(value)?.trim() ?? "";
    const number = text === "" ? Number.NaN : Number(text);
    return Number.isFinite(number) ? number : null;
  });

/** A list of texts; what is none is left out. */
export const textsField = z
  .unknown()
  .optional()
  .transform((value) => (Array.isArray(value) ? value : []).map(readText).filter((text) => text !== null));

/** Those entries of a list that read as the schema says: one odd entry does not cost the others. */
function readable<T>(entries: unknown, schema: z.ZodType<T>): T[] {
  return (Array.isArray(entries) ? entries : []).flatMap((entry: unknown) => {
    const read = schema.safeParse(entry);
    return read.success ? [read.data] : [];
  });
}

/** A list that may be absent. */
export function listOf<T>(schema: z.ZodType<T>) {
  return z
    .unknown()
    .optional()
    .transform((value) => readable(value, schema));
}

/** The list an answer consists of; without it the answer is none. */
export function fullListOf<T>(schema: z.ZodType<T>) {
  return z.array(z.unknown()).transform((value) => readable(value, schema));
}

/** A list inside something, as Graph wraps it: `{ data: […] }`. */
export function dataOf<T>(schema: z.ZodType<T>) {
  return z
    .unknown()
    .optional()
    .transform((value) => readable(isRecord(value) ? value.data : value, schema));
}

/** Where the next page of a list begins; null on the last one, though Meta names a cursor there, too. */
export const nextField = z
  .unknown()
  .optional()
  .transform((paging) => {
    if (!isRecord(paging) || typeof paging.next !== "string") return null;
    const cursor = isRecord(paging.cursors) ? readText(paging.cursors.after) : null;
    return cursor ?? URL.parse(paging.next)?.searchParams.get("after") ?? null;
  });
