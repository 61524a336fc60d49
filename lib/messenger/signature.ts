import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Meta signs the bytes it sends, not the JSON they mean, so nothing may read or rewrite the body before this.
 * Only the SHA-256 header counts; the older SHA-1 one is no proof any more.
 * https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
const HEADER = /^sha256=([0-9a-f]{64})$/;

/** Whether one of our app secrets signed these bytes. Two may be valid at once, while one replaces the other. */
export function isSignedByMeta(body: Uint8Array, header: string | null, secrets: readonly string[]): boolean {
  const digits = HEADER.exec(header ?? "")?.[1];
  if (digits === undefined) return false;
  const given = Buffer.from(digits, "hex");

  let isSigned = false;
  for (const secret of secrets) {
    // An empty key signs too, and anybody has it.
    if (secret === "") continue;
    const expected = createHmac("sha256", secret).update(body).digest();
    // Every secret is tried, so that the time taken does not tell which one fits.
    if (expected.length === given.length && timingSafeEqual(expected, given)) isSigned = true;
  }
  return isSigned;
}
