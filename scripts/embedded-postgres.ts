import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, chownSync, existsSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import pg from "pg";
import { makeDataFolder } from "./data-folder.ts";
import { endProcess, isAlive, processCommand } from "./process.ts";
import { Refusal } from "./refusal.ts";
import { linkHome, type Owner, serverHome, serverPrograms, serverUser } from "./server-home.ts";

/**
 * A PostgreSQL of our own: binaries from npm, data in one folder, reached through a socket only.
 * It runs in a session of its own, so that Ctrl-C reaches us first and it stops last.
 */
export type EmbeddedPostgres = {
  url: string;
  /** Settles when the server ends, asked or not. */
  ended: Promise<void>;
  stop: () => Promise<void>;
};

export type EmbeddedOptions = {
  /** Holds the cluster (`postgres/`) and, where the path is short enough, the socket (`run/`). */
  dataDir: string;
  password: string;
  database?: string;
  /** More `-c name=value` pairs for the server, such as `fsync=off` in tests. */
  settings?: string[];
};

const MEGABYTE = 1024 * 1024;
/** A socket's path may have 107 bytes; PostgreSQL adds `/.s.PGSQL.5432.lock`. */
const LONGEST_SOCKET_FOLDER = 107 - "/.s.PGSQL.5432.lock".length;

export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const database = options.database ?? "app";
  makeDataFolder(dataDir);
  const owner = serverUser();
  const bin = serverPrograms(owner);
  const home = serverHome(dataDir, owner);
  const cluster = join(home, "postgres");
  const isNew = !existsSync(join(cluster, "PG_VERSION"));
  refuseFullDisk(home, isNew ? 200 : 64);
  await endOrphan(cluster);

  if (isNew) createCluster(bin, cluster, owner, options.password);
  linkHome(dataDir, home);
  const sockets = socketFolder(home, owner);
  const flags = ["listen_addresses=", `unix_socket_directories=${sockets}`, ...(options.settings ?? [])];
  const server = spawn(join(bin, "postgres"), ["-D", cluster, ...flags.flatMap((flag) => ["-c", flag])], {
    ...owner,
    cwd: cluster,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
    env: serverEnvironment(),
  });
  const interrupt = () => void server.kill("SIGINT");
  process.once("exit", interrupt);
  const ended = new Promise<void>((done) => server.once("close", () => done()));
  void ended.then(() => process.off("exit", interrupt));
  await untilReady(server, dataDir);

  const base = `postgresql://postgres:${encodeURIComponent(options.password)}@localhost`;
  await createDatabase(`${base}/postgres?host=${encodeURIComponent(sockets)}`, database);
  return {
    url: `${base}/${database}?host=${encodeURIComponent(sockets)}`,
    ended,
    stop: async () => {
      if (server.pid !== undefined && server.exitCode === null) await endProcess(server.pid, "SIGINT", "SIGQUIT");
      await ended;
      rmSync(sockets, { recursive: true, force: true });
    },
  };
}

/** The address of the server that another of our processes already runs on this folder. */
export function embeddedUrl(dataDir: string, password: string, database = "app"): string {
  const host = encodeURIComponent(socketPath(serverHome(resolve(dataDir), serverUser())));
  return `postgresql://postgres:${encodeURIComponent(password)}@localhost/${database}?host=${host}`;
}

function refuseFullDisk(dataDir: string, neededMegabytes: number): void {
  const { bavail, bsize } = statfsSync(dataDir);
  const free = Math.floor((bavail * bsize) / MEGABYTE);
  if (free >= neededMegabytes) return;
  throw new Refusal(
    `The disk is full: ${dataDir} has ${free} MB left, PostgreSQL needs ${neededMegabytes} MB to start. Free some space or set DATA_DIR to another disk.`,
  );
}

/** A server survives a SIGKILL of its parent and then blocks the next start with an empty error. */
async function endOrphan(cluster: string): Promise<void> {
  const pidFile = join(cluster, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  const command = Number.isInteger(pid) && isAlive(pid) ? processCommand(pid) : "";
  if (command.includes("postgres") && command.includes(cluster)) await endProcess(pid, "SIGINT", "SIGQUIT");
  rmSync(pidFile, { force: true });
}

function createCluster(bin: string, cluster: string, owner: Owner, password: string): void {
  rmSync(cluster, { recursive: true, force: true });
  makeDataFolder(cluster);
  const passwordFile = `${cluster}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  for (const path of [cluster, passwordFile]) give(path, owner);
  const flags = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--auth=scram-sha-256"];
  try {
    execFileSync(
      join(bin, "initdb"),
      [`--pgdata=${cluster}`, "--username=postgres", `--pwfile=${passwordFile}`, ...flags],
      {
        ...owner,
        cwd: cluster,
        env: serverEnvironment(),
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
  } catch (cause) {
    rmSync(cluster, { recursive: true, force: true });
    const said = cause instanceof Error && "stderr" in cause ? String(cause.stderr) : String(cause);
    throw asRefusal(said, cluster, "could not make its data folder");
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function socketPath(home: string): string {
  const beside = join(home, "run");
  if (Buffer.byteLength(beside) <= LONGEST_SOCKET_FOLDER) return beside;
  return `/tmp/lead-inbox-${createHash("sha256").update(home).digest("hex").slice(0, 16)}`;
}

function socketFolder(home: string, owner: Owner): string {
  const path = socketPath(home);
  makeDataFolder(path);
  give(path, owner);
  chmodSync(path, 0o700);
  return path;
}

function give(path: string, { uid, gid }: Owner): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

function serverEnvironment(): NodeJS.ProcessEnv {
  return { NODE_ENV: "production", PATH: process.env.PATH, LC_ALL: "C.UTF-8", LC_MESSAGES: "C", TZ: "UTC" };
}

/** Resolves at PostgreSQL's own word, rejects with what it last said. */
function untilReady(server: ChildProcess, dataDir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    server.stderr?.setEncoding("utf8");
    server.stderr?.on("data", (text: string) => {
      said = (said + text).slice(-8_000);
      if (text.includes("ready to accept connections")) resolve();
    });
    server.once("error", (cause) => reject(asRefusal(String(cause), dataDir, "could not be started")));
    server.once("close", () => reject(asRefusal(said, dataDir, "stopped while starting")));
  });
}

function asRefusal(said: string, folder: string, what: string): Refusal {
  if (/no space left on device/i.test(said)) {
    return new Refusal(
      `The disk is full: PostgreSQL ${what} in ${folder}. Free some space or set DATA_DIR to another disk.`,
    );
  }
  const lines = said.split("\n").filter((line) => /FATAL|PANIC|error|denied|HINT/i.test(line));
  return new Refusal(
    `PostgreSQL ${what} (${folder}): ${(lines.length > 0 ? lines.join(" ") : said).trim() || "it said nothing"}`,
  );
}

async function createDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
