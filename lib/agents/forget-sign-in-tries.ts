import "server-only";
import { prisma } from "#lib/db.ts";
import { accountKey } from "./sign-in-key.ts";

/** Whoever knew the password was no guesser: their tries no longer count. */
export async function forgetSignInTries(email: string): Promise<void> {
  await prisma.rateLimit.deleteMany({ where: { key: accountKey(email) } });
}
