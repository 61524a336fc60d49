/**
 * Ids of Meta's are opaque strings for us, though they arrive as strings here and as numbers there.
 * A number beyond the exact ones is no id any more: its digits are already wrong.
 */
/** In bytes: three of them together must fit into a row of an index. */
const MAX_LENGTH = 512;
const utf8 = new TextEncoder();

export function readMetaId(value: unknown): string | null {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  if (typeof value !== "string") return null;
  const id = value.trim();
  return id !== "" && id.length <= MAX_LENGTH && isPlain(id) && utf8.encode(id).length <= MAX_LENGTH ? id : null;
}

/** Ids are keys and parts of addresses: no control characters, nothing UTF-8 cannot say. */
function isPlain(id: string): boolean {
  return id.isWellFormed() && !/\p{Cc}/u.test(id);
}

/** The id of an ad. Organic entries carry 0 where others carry their ad. */
export function readAdId(value: unknown): string | null {
  const id = readMetaId(value);
  return id === "0" ? null : id;
}
