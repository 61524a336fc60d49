import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

/** What Linux says of a process under /proc. */

/** How a process was started, well enough to start it again. */
export type Command = {
  argv: string[];
  env: Record<string, string>;
  cwd: string;
  uid: number;
  gid: number;
};

type Stat = { parent: number; ownTicks: number; childTicks: number };
const TICKS_PER_SECOND = 100;

export function commandOf(pid: number, cwd: string): Command {
  const parts = (name: string) => readFileSync(`/proc/${pid}/${name}`, "utf8").split("\0").slice(0, -1);
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const id = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1]);
  const env = parts("environ").map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]);
  return { argv: parts("cmdline"), env: Object.fromEntries(env), cwd, uid: id("Uid"), gid: id("Gid") };
}

export function childrenOf(pid: number): number[] {
  return allProcesses().filter((other) => statOf(other)?.parent === pid);
}

/** Seconds of processor time that a process, and its children where asked, have used. */
export function cpuSeconds(pid: number, withChildren = false): number {
  const own = statOf(pid);
  if (own === null) return 0;
  const ended = withChildren ? own.childTicks : 0;
  const living = withChildren ? childrenOf(pid).map((child) => statOf(child)?.ownTicks ?? 0) : [];
  return (own.ownTicks + ended + living.reduce((sum, ticks) => sum + ticks, 0)) / TICKS_PER_SECOND;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Asks a process to end and insists in the end. */
export async function endProcess(pid: number, signal: NodeJS.Signals = "SIGTERM", patienceMs = 15_000): Promise<void> {
  sendSignal(pid, signal);
  for (const until = Date.now() + patienceMs; Date.now() < until; await wait(50)) {
    if (!isAlive(pid)) return;
  }
  sendSignal(pid, "SIGKILL");
}

/** To one process by its id; one that is gone is no fault. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

function allProcesses(): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid));
}

function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may hold blanks; the fields after it are counted from the state.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const field = (at: number) => Number(fields[at]);
    return { parent: field(1), ownTicks: field(11) + field(12), childTicks: field(13) + field(14) };
  } catch {
    return null;
  }
}
