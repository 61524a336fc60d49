import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { generateClient } from "./prepare.ts";
import { type ProcessGroup, ROOT } from "./process-group.ts";

/** What must hold before each commit; each is a program with its arguments. */
const CHECKS = {
  types: ["node_modules/typescript/bin/tsc", "--noEmit"],
  // Format, lint, and which way imports point.
  lint: ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "--max-diagnostics=200", "."],
  "dead-code": ["node_modules/knip/bin/knip.js", "--no-progress", "--no-config-hints"],
  tests: ["node_modules/vitest/vitest.mjs", "run", "--project", "unit", "--reporter=dot"],
};

export type CheckName = keyof typeof CHECKS;
export type CheckResult = { name: CheckName; isOk: boolean };

export const checkNames: CheckName[] = ["types", "lint", "dead-code", "tests"];

/** Runs checks and says how each went; the tests use both cores, so they come after the quick ones. */
export async function runChecks(group: ProcessGroup, names: CheckName[]): Promise<CheckResult[]> {
  await generateClient(group);
  await generateTypes(group);
  const quick = await Promise.all(names.filter((name) => name !== "tests").map(runCheck));
  return names.includes("tests") ? [...quick, await runCheck("tests")] : quick;
}

/** Types of pages and style modules; `next build` writes the same. */
async function generateTypes(group: ProcessGroup): Promise<void> {
  if (existsSync(join(ROOT, "next-env.d.ts"))) return;
  const args = ["node_modules/next/dist/bin/next", "typegen"];
  await group.run({ name: "next typegen", args, env: process.env, output: "ignore" });
}

/** One line when it holds, everything it said when it does not. */
function runCheck(name: CheckName): Promise<CheckResult> {
  const startedAt = Date.now();
  const child = spawn(process.execPath, CHECKS[name], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const listen = (text: Buffer) => {
    said += text.toString();
  };
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  return new Promise((resolve) => {
    child.once("close", (code) => {
      const isOk = code === 0;
      const seconds = `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
      console.log(
        `${isOk ? "ok    " : "FAILED"} ${name.padEnd(10)} ${seconds}   ${isOk ? testCount(said) : `\n\n${said}`}`,
      );
      resolve({ name, isOk });
    });
  });
}

function testCount(said: string): string {
  return stripVTControlCharacters(said).match(/^\s*Tests\s+(.*)$/m)?.[1] ?? "";
}
