import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

/** What the linter cannot see in one file: nouns and verbs, their names, and raw SQL that is not a tagged template. */
const ROOT = join(import.meta.dirname, "..");
const FOLDERS = ["app", "components", "lib", "worker"];

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path))
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && !path.startsWith("lib/generated")),
);
const textOf = new Map(sources.map((path) => [path, readFileSync(join(ROOT, path), "utf8")]));
const verbs = new Set(
  sources.filter((path) => path.startsWith("lib/") && textOf.get(path)?.startsWith('import "server-only";')),
);

/** The files of ours that a file needs while it runs; types alone do not count. */
function imports(path: string): string[] {
  const text = textOf.get(path) ?? "";
  const statements = text.matchAll(/^(?:import|export)\s+(?!type\b)[^"';]*?from\s+"([^"]+)"/gm);
  return [...statements].flatMap(([, given = ""]) => {
    if (given.startsWith("#")) return [given.slice(1)];
    return given.startsWith(".") ? [relative(ROOT, resolve(ROOT, dirname(path), given))] : [];
  });
}

/** What a verb's file gives away besides types; rooms only, the ground floor has no verbs. */
function powersOf(path: string): string[] {
  const text = textOf.get(path) ?? "";
  return [...text.matchAll(/^export (?:async )?(?:function|const|let|class) (\w+)/gm)].map(([, name = ""]) => name);
}

function nameOf(path: string): string {
  return basename(path, ".ts").replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function importsOfVerbs(paths: string[]): string[] {
  return paths.flatMap((path) =>
    imports(path)
      .filter((other) => verbs.has(other))
      .map((other) => `${path} → ${other}`),
  );
}

describe("the house", () => {
  test("has verbs to speak of", () => expect(verbs.size).toBeGreaterThan(20));

  test("names a verb's file after its one power", () => {
    // One question, asked by a page, by an action that sends strangers away, and by a stream with headers in hand.
    const exceptions = ["lib/agents/get-viewer.ts"];
    const inRooms = [...verbs].filter((path) => path.split("/").length > 2 && !exceptions.includes(path));
    expect(inRooms.filter((path) => powersOf(path).join() !== nameOf(path))).toEqual([]);
  });

  test("lets nouns import nouns only", () => {
    // Samples and set-ups for tests stand beside what they serve, and may call it.
    const isForTests = (path: string) => /(testing|-samples)\.ts$/.test(path);
    const nouns = sources.filter((path) => path.startsWith("lib/") && !verbs.has(path) && !isForTests(path));
    expect(importsOfVerbs(nouns)).toEqual([]);
  });

  test("keeps verbs out of components", () => {
    expect(importsOfVerbs(sources.filter((path) => path.startsWith("components/")))).toEqual([]);
  });

  test("writes raw SQL as tagged templates only", () => {
    expect(
      sources.filter((path) => /\$(queryRaw|executeRaw)Unsafe|Prisma\.raw\(/.test(textOf.get(path) ?? "")),
    ).toEqual([]);
  });
});
