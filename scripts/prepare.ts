import { createHash, type Hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ProcessGroup, ROOT } from "./process-group.ts";
import { Refusal } from "./refusal.ts";

/** What must be made from the sources before anything runs, each only when its sources changed. */

const CLIENT = ["prisma/schema.prisma", "package-lock.json"];
const CLIENT_STAMP = "lib/generated/prisma/.sources";

const BUILT = ["app", "components", "lib", "i18n", "messages", "prisma/schema.prisma"];
const BUILT_FILES = ["instrumentation.ts", "instrumentation.node.ts", "next.config.ts", "proxy.ts", "tsconfig.json"];
const BUILD_STAMP = ".next/.sources";

/** The database client, from prisma/schema.prisma. */
export async function generateClient(group: ProcessGroup): Promise<void> {
  await make(group, {
    stamp: CLIENT_STAMP,
    sources: hash(CLIENT),
    args: ["node_modules/prisma/build/index.js", "generate", "--no-hints"],
    failure: "The database client could not be generated: see above.",
  });
}

/** The pages, for production. */
export async function buildPages(group: ProcessGroup): Promise<void> {
  await make(group, {
    stamp: BUILD_STAMP,
    sources: hash([...BUILT, ...BUILT_FILES, "package-lock.json"]),
    args: ["node_modules/next/dist/bin/next", "build"],
    failure: "The pages could not be built: see above.",
    word: "Building the pages (after a change only, about half a minute) …",
  });
}

type Recipe = { stamp: string; sources: string; args: string[]; failure: string; word?: string };

async function make(group: ProcessGroup, { stamp, sources, args, failure, word }: Recipe): Promise<void> {
  const file = join(ROOT, stamp);
  if (existsSync(file) && readFileSync(file, "utf8") === sources) return;
  if (word !== undefined) console.log(word);
  const env = {
    ...process.env,
    NODE_ENV: "production" as const,
    NEXT_TELEMETRY_DISABLED: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  };
  const code = await group.run({ name: args.at(-1) ?? "", args, env, output: "on-failure" });
  if (code !== 0) throw new Refusal(failure);
  writeFileSync(file, sources);
}

function hash(paths: string[]): string {
  const sum = createHash("sha256");
  for (const path of paths) addToHash(sum, path);
  return sum.digest("hex");
}

function addToHash(sum: Hash, path: string): void {
  const full = join(ROOT, path);
  if (!existsSync(full) || path === "lib/generated" || /\.test\.tsx?$/.test(path)) return;
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addToHash(sum, `${path}/${name}`);
    return;
  }
  sum.update(path).update("\0").update(readFileSync(full)).update("\0");
}
