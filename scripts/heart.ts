import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What decides: reading Meta's words, keys, folding, reply states, the window, control, who may see what. These are
 * the nouns of the rooms below, so whoever adds one has it measured by `npm run coverage` and `npm run mutate`.
 */
const ROOT = join(import.meta.dirname, "..");
export const heartRooms = ["agents", "inbound", "leads", "messenger", "pages", "threads"] as const;

/** Tests and what only tests use. */
const FOR_TESTS = /(\.test|testing|-samples)\.ts$/;

function isNoun(path: string): boolean {
  return !FOR_TESTS.test(path) && !readFileSync(join(ROOT, path), "utf8").startsWith('import "server-only";');
}

export function heartNouns(): string[] {
  return heartRooms
    .flatMap((room) => globSync(`lib/${room}/*.ts`, { cwd: ROOT }))
    .filter(isNoun)
    .sort();
}
