import { parseSettings } from "#lib/env.ts";
import type { Database } from "./database.ts";
import { Refusal } from "./refusal.ts";

/**
 * The environment of our processes: the operator's settings, and for an embedded database the secrets
 * kept beside it. What is missing or wrong is said here, before anything has started.
 */
export function completeSettings(database: Database, own: Record<string, string>): NodeJS.ProcessEnv {
  const { DATABASE_ADMIN_URL: _forMigrationsOnly, ...given } = process.env;
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  const kept = database.kept === null ? {} : secretsOf(database.kept);
  const complete = { ...kept, NODE_ENV: "production" as const, ...set, ...own, DATABASE_URL: database.url };
  try {
    parseSettings(complete);
  } catch (cause) {
    throw new Refusal(cause instanceof Error ? cause.message : String(cause), { cause });
  }
  return complete;
}

function secretsOf(kept: NonNullable<Database["kept"]>) {
  const { AUTH_SECRET, ENCRYPTION_KEYS, META_VERIFY_TOKEN } = kept;
  return { AUTH_SECRET, ENCRYPTION_KEYS, META_VERIFY_TOKEN };
}
