/**
 * Text as people typed it, in a form every store, screen and file can hold. PostgreSQL refuses NUL, and half a
 * surrogate pair has no UTF-8; both arrive from Meta and are shown as what they are instead of lost with their message.
 */
export function storableText(text: string): string {
  return text.replaceAll("\u0000", "\u2400").toWellFormed();
}

/** Text from an unknown value: numbers and booleans as they read, anything else is no text. */
export function readText(value: unknown): string | null {
  if (typeof value === "string") return storableText(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return null;
}
