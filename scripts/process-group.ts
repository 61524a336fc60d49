import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { endProcess } from "./process.ts";

export const ROOT = join(import.meta.dirname, "..");

/** A process that ends so asks not to be restarted: its settings are wrong, and it has said so. */
export const WRONG_SETTINGS = 78;

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** Whoever ran this long was well; the next pause is short again. */
const WELL_AFTER_MS = 60_000;

export type Program = { name: string; args: string[]; env: NodeJS.ProcessEnv; output?: Output };
/** What becomes of what a program prints: `on-failure` keeps it back until it ends badly. */
type Output = "inherit" | "ignore" | "on-failure";

/**
 * Everything a command has started, and how it ends: programs first and together, then what they
 * stood on, the newest first; each is asked and waited for. Each program gets a session of its own, so that Ctrl-C in a terminal reaches only us.
 */
export class ProcessGroup {
  #programs = new Set<() => Promise<void>>();
  #foundations: (() => Promise<void>)[] = [];
  #stopped: Promise<void> | null = null;
  #failure: (code: number) => void = () => undefined;
  /** Settles with an exit code when a program asks not to be restarted. */
  readonly failed: Promise<number> = new Promise((resolve) => {
    this.#failure = resolve;
  });

  get isStopping(): boolean {
    return this.#stopped !== null;
  }

  /** Runs a program of this project to its end and returns its exit code; throws once we are stopping. */
  async run(program: Program): Promise<number> {
    this.#goOn();
    const child = this.#spawn(program);
    const stop = () => stopChild(child);
    this.#programs.add(stop);
    let said = "";
    for (const output of [child.stdout, child.stderr]) {
      output?.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    }
    const code = await ended(child);
    this.#programs.delete(stop);
    this.#goOn();
    if (code !== 0) process.stderr.write(said);
    return code;
  }

  /** Starts a program and restarts it whenever it dies, with growing pauses. */
  keep(program: Program): void {
    this.#goOn();
    const abort = new AbortController();
    let child: ChildProcess | null = null;
    const loop = async () => {
      let pause = FIRST_PAUSE_MS;
      while (!this.isStopping) {
        const startedAt = Date.now();
        child = this.#spawn(program);
        const code = await ended(child);
        if (this.isStopping) return;
        if (code === WRONG_SETTINGS) return this.#failure(1);
        if (Date.now() - startedAt > WELL_AFTER_MS) pause = FIRST_PAUSE_MS;
        console.error(`${program.name} ended (${code}) and starts again in ${pause / 1000} s.`);
        await wait(pause, undefined, { signal: abort.signal }).catch(() => undefined);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    };
    void loop();
    this.#programs.add(async () => {
      abort.abort();
      if (child !== null) await stopChild(child);
    });
  }

  /** Adds something to end once no program is left that needs it. */
  onStop(stop: () => Promise<void>): void {
    this.#foundations.push(stop);
  }

  /** Ends everything. Asked twice, it happens once. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  /** Whatever was under way when the stop came goes no further; runCommand knows why. */
  #goOn(): void {
    if (this.isStopping) throw new Error("Stopping.");
  }

  async #stopAll(): Promise<void> {
    await Promise.all([...this.#programs].map((stop) => stop()));
    for (let stop = this.#foundations.pop(); stop !== undefined; stop = this.#foundations.pop()) await stop();
  }

  #spawn({ args, env, output = "inherit" }: Program): ChildProcess {
    const preload = join(ROOT, "scripts/end-with-parent.ts");
    return spawn(process.execPath, ["--import", preload, ...args], {
      cwd: ROOT,
      env,
      detached: true,
      stdio: output === "on-failure" ? ["ignore", "pipe", "pipe"] : ["ignore", output, "inherit"],
    });
  }
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("close", (code, signal) => resolve(code ?? (signal === null ? 0 : 1)));
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  await endProcess(child.pid);
}
