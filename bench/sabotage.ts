import { spawn } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type Bug, bugs } from "./bugs.ts";
import { atEnd } from "./endings.ts";
import { sweepLeftovers, throwawayFolder } from "./leftovers.ts";
import type { Options } from "./options.ts";
import { endProcess } from "./processes.ts";
import { print, rounded } from "./report.ts";

const ROOT = join(import.meta.dirname, "..");
/** What a copy of the sources does without. */
const LEFT_OUT = ["node_modules", ".git", ".next", ".data", ".ci", "test-results", "docs"];
/** In CI a few show that the list is alive; the others have their places checked, see sabotage.test.ts. */
const IN_CI = 3;
const PATIENCE_MS = 240_000;

type Outcome = { bug: Bug; verdict: "caught" | "NOT CAUGHT" | "NOT RUN"; by: string; seconds: number };

/**
 * Plants one bug after the other into a copy of the sources and runs the test that must fail then. The same tests
 * run without any bug first: what fails anyway catches nothing.
 */
export async function sabotage(options: Options): Promise<void> {
  const chosen = options.set === "ci" ? bugs.filter(isQuick).slice(0, IN_CI) : bugs.filter(isNamed(options.sabotage));
  if (chosen.length === 0) throw new Error(`There is no bug called "${options.sabotage}".`);
  const lost = chosen.filter(({ file, from }) => places(file, from) !== 1);
  if (lost.length > 0) {
    throw new Error(
      `These find no place, or more than one: ${lost.map(({ name, file }) => `${name} (${file})`).join(", ")}.`,
    );
  }
  await sweepLeftovers();
  const copy = throwawayFolder();
  const isOver = atEnd(async () => rmSync(copy, { recursive: true, force: true }));
  try {
    cpSync(ROOT, copy, { recursive: true, filter: (path) => !LEFT_OUT.includes(relative(ROOT, path)) });
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
    const sound = await failing(copy, chosen);
    if (sound.failed.length > 0 || sound.passed === 0) {
      throw new Error(`Without any bug these fail already: ${sound.failed.join("; ") || sound.said}`);
    }
    const outcomes: Outcome[] = [];
    for (const bug of chosen) {
      const outcome = await tryOut(copy, bug);
      console.log(`${outcome.verdict.padEnd(10)} ${bug.name}: ${outcome.by} (${outcome.seconds} s)`);
      outcomes.push(outcome);
    }
    tell(outcomes);
  } finally {
    rmSync(copy, { recursive: true, force: true });
    isOver();
  }
}

const isQuick = ({ caughtBy }: Bug): boolean => caughtBy.project === "unit";
const isNamed =
  (name: string) =>
  (bug: Bug): boolean =>
    name === "" || bug.name === name;

/** How often a bug's place is found in the sources. */
export function places(file: string, from: string): number {
  const path = join(ROOT, file);
  return existsSync(path) ? readFileSync(path, "utf8").split(from).length - 1 : 0;
}

async function tryOut(copy: string, bug: Bug): Promise<Outcome> {
  const path = join(copy, bug.file);
  const source = readFileSync(path, "utf8");
  const startedAt = performance.now();
  writeFileSync(
    path,
    source.replace(bug.from, () => bug.to),
  );
  try {
    const { failed, passed, said } = await failing(copy, [bug]);
    const seconds = rounded((performance.now() - startedAt) / 1_000, 1);
    // A file that does not even load has tested nothing.
    if (failed.length === 0) return { bug, verdict: passed > 0 ? "NOT CAUGHT" : "NOT RUN", by: said, seconds };
    return { bug, verdict: "caught", by: `${bug.caughtBy.file}: ${failed[0]}`, seconds };
  } finally {
    writeFileSync(path, source);
  }
}

type Run = { passed: number; failed: string[]; said: string };

/** Runs the tests that are to catch these bugs, and tells which of them fail. */
async function failing(copy: string, planted: readonly Bug[]): Promise<Run> {
  const catchers = planted.map(({ caughtBy }) => caughtBy);
  const runs: Run[] = [];
  for (const [project, ofProject] of Map.groupBy(catchers, (catcher) => catcher.project)) {
    const names = ofProject.map(({ test }) => test);
    const files = [...new Set(ofProject.map(({ file }) => file))];
    runs.push(await vitest(copy, project, files, names.includes("") ? [] : [...new Set(names)]));
  }
  return {
    passed: runs.reduce((sum, { passed }) => sum + passed, 0),
    failed: runs.flatMap(({ failed }) => failed),
    said: runs.map(({ said }) => said).join("\n"),
  };
}

async function vitest(copy: string, project: string, files: string[], names: string[]): Promise<Run> {
  const report = join(copy, "vitest.json");
  rmSync(report, { force: true });
  const pattern = names.map((name) => name.replace(/[^\w ]/g, ".")).join("|");
  const args = [
    ...["node_modules/vitest/vitest.mjs", "run", "--project", project, "--reporter=json", `--outputFile=${report}`],
    ...(pattern === "" ? [] : ["-t", pattern]),
    ...files,
  ];
  const child = spawn(process.execPath, args, {
    cwd: copy,
    env: { ...process.env, NODE_ENV: "test" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-2_000);
    });
  }
  const end = async () => {
    if (child.pid !== undefined && child.exitCode === null) await endProcess(child.pid);
  };
  const isOver = atEnd(end);
  const tooLong = setTimeout(() => void end(), PATIENCE_MS);
  await new Promise((resolve) => child.once("close", resolve));
  clearTimeout(tooLong);
  isOver();
  if (!existsSync(report)) return { passed: 0, failed: [], said };
  const { testResults = [] }: Told = JSON.parse(readFileSync(report, "utf8"));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return {
    passed: tests.filter(({ status }) => status === "passed").length,
    failed: tests.filter(({ status }) => status === "failed").map(({ title }) => title),
    said: broken.map(({ name, message }) => `${name}: ${message}`).join("\n") || said,
  };
}

type Told = {
  testResults?: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; title: string }[];
  }[];
};

function tell(outcomes: readonly Outcome[]): void {
  const escaped = outcomes.filter(({ verdict }) => verdict !== "caught");
  print({
    name: "sabotage",
    size: { bugs: outcomes.length },
    figures: [
      ...outcomes.map(({ bug, verdict, seconds }) => ({ name: bug.name, value: `${seconds} s`, mark: verdict })),
      { name: "bugs that nothing caught", value: escaped.length, mark: "0", isMet: escaped.length === 0 },
    ],
  });
}
