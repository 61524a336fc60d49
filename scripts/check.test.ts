import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const LEFT_OUT = /^(node_modules|\.git|\.next|\.data|test-results|playwright-report)(\/|$)/;

/** A copy of the project with three faults in it. The check that finds nothing there would find nothing anywhere. */
const copy = mkdtempSync(join(tmpdir(), "lead-inbox-check-"));
let said = "";
let status: number | null = null;

beforeAll(() => {
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !LEFT_OUT.test(relative(ROOT, path)) });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  const plant = (path: string, lines: string[]) => writeFileSync(join(copy, path), `${lines.join("\n")}\n`);
  plant("lib/threads/planted-import.ts", [
    'import type { Stage } from "#lib/leads/lead.ts";',
    "",
    "export type Planted = Stage;",
  ]);
  plant("lib/leads/planted-export.ts", ["export const planted = 1;"]);
  plant("lib/leads/planted-type.ts", ['export const wrong: number = "a word";']);
  const args = ["--conditions=react-server", "scripts/check.ts", "types", "lint", "dead-code"];
  const result = spawnSync(process.execPath, args, {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  said = result.stdout + result.stderr;
  status = result.status;
}, 120_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe("the check", () => {
  test("fails where there is a fault", () => expect(status).toBe(1));

  test("finds an import against the arrows", () => {
    expect(said).toMatch(/lib\/threads\/planted-import\.ts:1:\d+ lint\/style\/noRestrictedImports/);
  });

  test("finds an export nobody uses", () => {
    expect(said).toContain("lib/leads/planted-export.ts");
  });

  test("finds a type error", () => {
    expect(said).toMatch(/planted-type\.ts.*TS2322/s);
  });
});
