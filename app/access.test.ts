import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const ROOT = import.meta.dirname;
const read = (path: string) => readFileSync(`${ROOT}/${path}`, "utf8");
const found = (pattern: string) => globSync(pattern, { cwd: ROOT }).toSorted();

/** The doors that open without a session, and what stands in its place. */
const open: Record<string, string> = {
  "api/auth/[...all]/route.ts": "the sign-in itself",
  "healthz/route.ts": "nothing to see",
  "metrics/route.ts": "a bearer token of the operator's",
  "readyz/route.ts": "nothing to see",
};

test("every door asks who is there before anything else, or is one of those that need not", () => {
  const doors = found("**/route.ts");
  expect(doors.length).toBeGreaterThan(6);
  for (const door of doors.filter((path) => open[path] === undefined)) {
    const handlers = read(door)
      .split(/^export async function /m)
      .slice(1);
    expect(handlers.length, door).toBeGreaterThan(0);
    for (const handler of handlers) {
      expect(handler, `${door} ${handler.slice(0, 4)}`).toMatch(
        /const (\w+) = await viewerOf\([^)]+\);\s+if \(\1 === null\) return /,
      );
    }
  }
  for (const path of Object.keys(open)) expect(doors).toContain(path);
});

test("web's own server opens one door beside them: Meta's, which asks for a signature", () => {
  const doors = [...read("../server.ts").matchAll(/import\("\.\/app\/([^"]+)"\)/g)].map(([, door]) => door);
  expect(doors).toEqual(["api/messenger/webhook/door.ts"]);
  expect(read("../server.ts")).not.toMatch(/from "(\.|#)[^"]*app\//);
});

test("every server action asks who is there first, and reads what it was given by a schema", () => {
  const files = found("**/actions.ts");
  expect(files.length).toBeGreaterThan(4);
  for (const file of files) {
    const text = read(file);
    expect(text.startsWith('"use server";'), file).toBe(true);
    // An object with keys nobody asked for is refused, not trimmed.
    expect(text, file).not.toMatch(/z\.(object|looseObject|any|unknown|record)\(/);
    const actions = text.split(/^export /m).slice(1);
    for (const action of actions) {
      const name = `${file} ${/function (\w+)/.exec(action)?.[1]}`;
      expect(action, name).toMatch(/^async function /);
      expect(action, name).toContain("await requireViewer()");
      const given = [...(/\(([^)]*)\)/.exec(action)?.[1] ?? "").matchAll(/(\w+):/g)].map(([, word]) => word ?? "");
      for (const word of given) expect(action, name).toMatch(new RegExp(`arse\\(${word}\\)`));
    }
  }
});

test("server actions stand in those files alone", () => {
  const hidden = globSync(["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}", "lib/**/*.ts"], { cwd: `${ROOT}/..` })
    .filter((path) => !path.endsWith("/actions.ts") && !path.includes(".test."))
    .filter((path) => /^\s*["']use server["']/m.test(readFileSync(`${ROOT}/../${path}`, "utf8")));
  expect(hidden).toEqual([]);
});

test("every page of the inbox asks who is there, or leads elsewhere", () => {
  for (const page of found("(inbox)/**/page.tsx")) {
    expect(read(page), page).toMatch(/await requireViewer\(\)|^export default function \w+\(\): never/m);
  }
});
