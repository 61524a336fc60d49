import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "../scripts/embedded-postgres.ts";
import { migrate } from "../scripts/migrate.ts";
import { isAlive } from "../scripts/process.ts";
import { ProcessGroup } from "../scripts/process-group.ts";
import { serverUser } from "../scripts/server-home.ts";

/** For tests: a migrated PostgreSQL of one test's own, to bring into trouble. */
export type OwnServer = {
  url: string;
  ask<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** All of its processes, as when the machine stands still. */
  freeze(): Promise<void>;
  goOn(): void;
  /** The size its files may reach from now on. PostgreSQL means such a limit to work like a full disk. */
  limitFiles(bytes: number | "unlimited"): Promise<void>;
  end(): Promise<void>;
};

const SETTINGS = ["fsync=off", "full_page_writes=off", "max_connections=14"];

export async function startOwnServer(): Promise<OwnServer> {
  const dataDir = mkdtempSync(join(tmpdir(), "lead-inbox-trouble-"));
  chmodSync(dataDir, 0o755);
  const start = () => startEmbeddedPostgres({ dataDir, password: "test", settings: SETTINGS });
  let server = await start();
  const { url } = server;
  await migrate(new ProcessGroup(), url);

  const ask: OwnServer["ask"] = async (sql) => {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => {});
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const pids = async () => {
    const postmaster = Number(readFileSync(join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
    return [postmaster, ...(await ask<{ pid: number }>("SELECT pid FROM pg_stat_activity")).map(({ pid }) => pid)];
  };
  let frozen: number[] = [];
  const goOn = () => {
    for (const pid of frozen.filter(isAlive)) process.kill(pid, "SIGCONT");
    frozen = [];
  };

  return {
    url,
    ask,
    goOn,
    start: async () => {
      server = await start();
    },
    stop: () => server.stop(),
    freeze: async () => {
      frozen = await pids();
      for (const pid of frozen.filter(isAlive)) process.kill(pid, "SIGSTOP");
    },
    limitFiles: async (bytes) => {
      for (const pid of await pids()) {
        // As the server's own user: not even root may do it everywhere.
        const done = spawnSync("prlimit", [`--pid=${pid}`, `--fsize=${bytes}:`], { ...serverUser(), encoding: "utf8" });
        if (done.status !== 0 && isAlive(pid)) throw new Error(`prlimit: ${done.error?.message ?? done.stderr}`);
      }
    },
    end: async () => {
      goOn();
      const home = dirname(realpathSync(join(dataDir, "postgres")));
      await server.stop();
      for (const folder of [home, dataDir]) rmSync(folder, { recursive: true, force: true });
    },
  };
}
