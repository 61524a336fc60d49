import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endProcess, isAlive } from "./processes.ts";

const NAME = /^lead-inbox-bench-(\d+)-/;

/** A folder to throw away, named after the process that will do so. */
export function throwawayFolder(): string {
  return mkdtempSync(join(tmpdir(), `lead-inbox-bench-${process.pid}-`));
}

/**
 * What a benchmark left that was killed without a word: its programs end with it by themselves, its database and
 * its folder do not.
 */
export async function sweepLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = Number(NAME.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(owner) || isAlive(owner)) continue;
    const folder = join(tmpdir(), name);
    await endServerOf(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The database that runs on a folder, if one does. */
export async function endServerOf(dataDir: string): Promise<void> {
  const cluster = join(dataDir, "postgres");
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  // The number may be somebody else's by now.
  if (isAlive(pid) && commandLine(pid).includes(cluster)) await endProcess(pid, "SIGQUIT");
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
