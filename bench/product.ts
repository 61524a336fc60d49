import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { atEnd } from "./endings.ts";
import { type Installation, untilHealthy } from "./installation.ts";
import { endServerOf } from "./leftovers.ts";
import { type Command, cpuSeconds, endProcess, sendSignal } from "./processes.ts";

/** The start command's first pause; its longer ones would only make a storm of kills a calm. */
const PAUSE_MS = 500;

/** How a process of ours ends that must not be restarted. */
const WRONG_SETTINGS = 78;

/** How much of what a process said is shown of a run that went wrong. */
const LAST_LINES = 25;

export type Part = "database" | "web" | "worker";

/** What a process is given besides what the start command gives it. */
type Extra = { args?: string[]; nodeArgs?: string[]; env?: Record<string, string> };

/** One process of the product, restarted whenever it ends until it is told to stop. */
class Kept {
  readonly part: Part;
  readonly #command: Command;
  readonly #log: string;
  #child: ChildProcess | null = null;
  #isWanted = false;
  #loop: Promise<void> = Promise.resolve();
  /** How often it was started. */
  starts = 0;

  constructor(part: Part, command: Command, dataDir: string) {
    this.part = part;
    this.#command = command;
    this.#log = join(dataDir, `${part}.log`);
  }

  /** The last it said, over all of its lives. */
  get lastLines(): string[] {
    return existsSync(this.#log) ? readFileSync(this.#log, "utf8").trimEnd().split("\n").slice(-LAST_LINES) : [];
  }

  get pid(): number | null {
    const child = this.#child;
    return child?.pid !== undefined && child.exitCode === null && child.signalCode === null ? child.pid : null;
  }

  start(extra: Extra = {}): void {
    this.#isWanted = true;
    this.#loop = this.#run(extra);
  }

  async stop(): Promise<void> {
    this.#isWanted = false;
    const { pid } = this;
    if (pid !== null) {
      sendSignal(pid, "SIGCONT");
      await endProcess(pid, this.part === "database" ? "SIGINT" : "SIGTERM");
    }
    await this.#loop;
  }

  async #run({ args = [], nodeArgs = [], env = {} }: Extra): Promise<void> {
    const { argv, cwd, uid, gid } = this.#command;
    const [program = "", ...rest] = argv;
    while (this.#isWanted) {
      this.starts += 1;
      const log = openSync(this.#log, "a");
      const child = spawn(program, [...nodeArgs, ...rest, ...args], {
        cwd: this.part === "database" ? "/" : cwd,
        env: { ...this.#command.env, ...env, NODE_ENV: "production" },
        detached: true,
        ...(process.getuid?.() === 0 ? { uid, gid } : {}),
        stdio: ["ignore", log, log],
      });
      closeSync(log);
      this.#child = child;
      const code = await new Promise((resolve) => child.once("close", resolve).once("error", resolve));
      if (code === WRONG_SETTINGS) {
        throw new Error(`The ${this.part} process refuses its settings: ${this.lastLines.join("\n")}`);
      }
      if (this.#isWanted) await wait(PAUSE_MS);
    }
  }
}

/** The product's own processes on one installation. */
export class Product {
  readonly installation: Installation;
  readonly parts: Record<Part, Kept>;
  /** One more worker, where two are needed. */
  readonly secondWorker: Kept;
  readonly #isOver: () => void;

  constructor(installation: Installation) {
    this.installation = installation;
    const { database, web, worker } = installation;
    this.parts = {
      database: new Kept("database", database, installation.dataDir),
      web: new Kept("web", web, installation.dataDir),
      worker: new Kept("worker", worker, installation.dataDir),
    };
    this.secondWorker = new Kept("worker", worker, installation.dataDir);
    this.#isOver = atEnd(() => this.end());
  }

  async startDatabase(settings: readonly string[] = []): Promise<void> {
    makeSocketFolder(this.installation.database);
    this.parts.database.start({ args: settings.flatMap((setting) => ["-c", setting]) });
    await this.untilDatabase();
  }

  async startWeb(extra: Extra = {}): Promise<void> {
    this.parts.web.start(extra);
    await untilHealthy(this.installation.appUrl, () => true);
  }

  startWorker({ nodeArgs = [], env = {}, sabotage = "" }: Extra & { sabotage?: string } = {}): void {
    const bug = sabotage === "" ? [] : ["--import", join(import.meta.dirname, "plant.ts")];
    this.parts.worker.start({ nodeArgs: [...nodeArgs, ...bug], env: { ...env, BENCH_SABOTAGE: sabotage } });
  }

  /** Answers a question on a connection of its own, again and again while the database is away. */
  async untilDatabase(): Promise<void> {
    for (const until = Date.now() + 60_000; Date.now() < until; await wait(100)) {
      const isUp = await this.ask("SELECT 1").then(
        () => true,
        () => false,
      );
      if (isUp) return;
    }
    throw new Error("The database does not come up.");
  }

  async ask<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.installation.databaseUrl, connectionTimeoutMillis: 3_000 });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(sql, values)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  cpu(part: Part): number {
    const { pid } = this.parts[part];
    return pid === null ? 0 : cpuSeconds(pid, part === "database");
  }

  /** Programs first, then what they stood on; then the folder goes. */
  async end(): Promise<void> {
    await Promise.all([this.parts.web, this.parts.worker, this.secondWorker].map((part) => part.stop()));
    await this.parts.database.stop();
    // One that was starting when it was told to stop.
    await endServerOf(this.installation.dataDir);
    this.#isOver();
    rmSync(socketFolder(this.installation.database), { recursive: true, force: true });
    this.installation.remove();
  }

  /** What everybody said last: for whoever must find out what went wrong. */
  tellLogs(): void {
    for (const { part, lastLines } of Object.values(this.parts)) {
      console.error(`\n── last lines of ${part}\n${lastLines.join("\n")}`);
    }
  }
}

/** The start command takes it away when it ends. */
function makeSocketFolder(database: Command): void {
  const folder = socketFolder(database);
  if (existsSync(folder)) return;
  mkdirSync(folder, { mode: 0o700 });
  if (process.getuid?.() === 0) chownSync(folder, database.uid, database.gid);
}

function socketFolder({ argv }: Command): string {
  const name = "unix_socket_directories=";
  return argv.find((arg) => arg.startsWith(name))?.slice(name.length) ?? "";
}
