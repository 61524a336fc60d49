import "server-only";
import { prisma } from "#lib/db.ts";

/** What was begun at Meta and not finished in time; with it the tokens of pages nobody chose, sealed as they are. */
export async function forgetLogins(): Promise<void> {
  await prisma.verification.deleteMany({
    where: { identifier: { startsWith: "meta-" }, expiresAt: { lt: new Date() } },
  });
}
