import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { bringBrowser } from "./browser.ts";
import { runChecks } from "./checks.ts";
import { buildPages } from "./prepare.ts";
import type { ProcessGroup } from "./process-group.ts";
import { runCommand } from "./run-command.ts";

/** `npm test`: the check and everything else, as CI runs it. The last line is `N passed, N failed`. */
type Count = { passed: number; failed: number };

const reports = mkdtempSync(join(tmpdir(), "lead-inbox-reports-"));
process.once("exit", () => rmSync(reports, { recursive: true, force: true }));

async function checks(group: ProcessGroup): Promise<Count> {
  const results = await runChecks(group, ["types", "lint", "dead-code"]);
  const passed = results.filter(({ isOk }) => isOk).length;
  return { passed, failed: results.length - passed };
}

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });

async function vitest(group: ProcessGroup): Promise<Count> {
  const file = join(reports, "vitest.json");
  const args = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ];
  const code = await group.run({ name: "vitest", args, env: process.env });
  const report = vitestReport.parse(readReport(file));
  return judged({ passed: report.numPassedTests, failed: report.numFailedTests }, code);
}

/** `npm run coverage`: each room that decides runs through 95 % of its branches by its plain tests. */
async function coverage(group: ProcessGroup): Promise<Count> {
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--config", "vitest.heart.config.ts"];
  const args = [...vitest, "--coverage", "--reporter=dot"];
  const code = await group.run({ name: "coverage", args, env: process.env, output: "on-failure" });
  console.log(code === 0 ? "ok     coverage" : "FAILED coverage");
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

async function build(group: ProcessGroup): Promise<Count> {
  await buildPages(group);
  console.log("ok     production build");
  return { passed: 1, failed: 0 };
}

/** Benchmarks whose promises are asserted here too, in sizes made for it; their times are printed only. */
const STORMS = ["storm", "double-send", "answers", "latency", "backlog", "sabotage"];

async function storms(group: ProcessGroup): Promise<Count> {
  const count = { passed: 0, failed: 0 };
  if (process.platform !== "linux") {
    console.log("The storms look into /proc, and blow on Linux only.");
    return count;
  }
  for (const name of STORMS) {
    const code = await group.run({ name, args: ["bench/main.ts", name, "--ci"], env: process.env });
    count[code === 0 ? "passed" : "failed"] += 1;
    console.log(code === 0 ? `ok     ${name}` : `FAILED ${name}`);
  }
  return count;
}

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

async function playwright(group: ProcessGroup): Promise<Count> {
  const file = join(reports, "e2e.json");
  const env = { ...process.env, CHROMIUM: bringBrowser(), E2E_REPORT: file };
  const code = await group.run({ name: "playwright", args: ["node_modules/@playwright/test/cli.js", "test"], env });
  const { stats } = playwrightReport.parse(readReport(file));
  return judged({ passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped }, code);
}

function readReport(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

/** A run that failed without a failing test (a broken file, a crash) is a failure all the same. */
function judged(count: Count, code: number): Count {
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

function oneFailure(error: unknown): Count {
  console.error(error instanceof Error ? error.message : error);
  return { passed: 0, failed: 1 };
}

await runCommand(async (group) => {
  const counts: Count[] = [];
  const step = async (name: string, run: (group: ProcessGroup) => Promise<Count>) => {
    console.log(`\n── ${name}`);
    counts.push(await run(group).catch(oneFailure));
  };
  await step("types, lint, dead code", checks);
  await step("unit and database tests", vitest);
  await step("coverage of what decides", coverage);
  await step("production build", build);
  await step("storms", storms);
  await step("browser tests", playwright);

  const total = counts.reduce((sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed }));
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
});
