import { createHash } from "node:crypto";

/** What an account's tries are counted under. E-mails that people mistype into the field need not stand in a table. */
export function accountKey(email: string): string {
  return `sign-in:${createHash("sha256").update(email.trim().toLowerCase()).digest("hex")}`;
}
