import "server-only";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { accountKey } from "./sign-in-key.ts";

const WINDOW_MS = 15 * 60 * 1000;
const MOST_PER_ACCOUNT = 10;
const MOST_OVERALL = 500;

export type SignInTry = { outcome: "allowed" } | { outcome: "too-many"; retryAfterSeconds: number };

/**
 * Counts a try to sign in, before it is made: tries side by side count as well. Whether there is such an
 * account makes no difference. Success forgets the account's tries, see forget-sign-in-tries.ts.
 */
export async function countSignInTry(email: string): Promise<SignInTry> {
  const account = await count(accountKey(email));
  const overall = await count("sign-in:all");
  const pauses = [
    ...(account.count > MOST_PER_ACCOUNT ? [account.endsInMs] : []),
    ...(overall.count > MOST_OVERALL ? [overall.endsInMs] : []),
  ];
  if (pauses.length === 0) return { outcome: "allowed" };
  return { outcome: "too-many", retryAfterSeconds: Math.max(1, Math.ceil(Math.max(...pauses) / 1000)) };
}

/** Raw, because counting up and beginning a new window must be one step. `lastRequest` is the window's beginning. */
async function count(key: string): Promise<{ count: number; endsInMs: number }> {
  const now = BigInt(Date.now());
  const begun = now - BigInt(WINDOW_MS);
  const [row] = await prisma.$queryRaw<{ count: number; lastRequest: bigint }[]>`
    INSERT INTO rate_limit (id, key, count, "lastRequest") VALUES (${newId()}::uuid, ${key}, 1, ${now})
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN rate_limit."lastRequest" <= ${begun} THEN 1 ELSE rate_limit.count + 1 END,
      "lastRequest" = CASE WHEN rate_limit."lastRequest" <= ${begun} THEN ${now} ELSE rate_limit."lastRequest" END
    RETURNING count, "lastRequest"`;
  if (row === undefined) throw new Error("An upsert returns its row.");
  return { count: row.count, endsInMs: Number(row.lastRequest + BigInt(WINDOW_MS) - now) };
}
