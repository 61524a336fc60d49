/**
 * JSON the way Meta writes it on the wire: ASCII only, with `/`, `@` and `%` escaped. The signature covers exactly
 * these bytes, so a receiver that parses and writes again before checking computes another one.
 * A bigint becomes a bare number: that is how Meta sends 18-digit ids that JavaScript numbers cannot hold.
 */
export type Json =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | readonly Json[]
  | { readonly [key: string]: Json };

export function asciiJson(value: Json): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") return asciiString(value);
  if (typeof value !== "object") return String(value);
  if (isList(value)) return `[${value.map(asciiJson).join(",")}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${asciiString(key)}:${asciiJson(member)}`).join(",")}}`;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

function asciiString(text: string): string {
  const escaped = JSON.stringify(text).replaceAll("/", "\\/");
  return escaped.replace(/[@%\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
