import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import {
  holdDataFolder,
  holderOf,
  type KeptSettings,
  keptSettings,
  makeDataFolder,
  type Purpose,
} from "./data-folder.ts";
import { embeddedUrl, startEmbeddedPostgres } from "./embedded-postgres.ts";

export type Database = {
  url: string;
  /** For migrations: another role, where DATABASE_ADMIN_URL names one. */
  adminUrl: string;
  /** The secrets kept beside an embedded database; null with DATABASE_URL. */
  kept: KeptSettings | null;
  stop: () => Promise<void>;
};

/** Where this installation keeps its data: DATA_DIR, or the command's own folder. */
export function dataDirectory(fallback: string): string {
  return resolve(process.env.DATA_DIR || fallback);
}

/** DATABASE_URL, or the embedded server of the folder, started here and held by `command`. */
export async function startDatabase(dataDir: string, purpose: Purpose | null, command: string): Promise<Database> {
  return givenDatabase() ?? (await startEmbedded(dataDir, purpose, command));
}

/** The same for a short command: joins the server that already runs on the folder, if one does. */
export async function joinDatabase(dataDir: string, purpose: Purpose | null, command: string): Promise<Database> {
  const given = givenDatabase();
  if (given !== null) return given;
  makeDataFolder(dataDir);
  if (holderOf(dataDir) === null) return startEmbedded(dataDir, purpose, command);
  const kept = keptSettings(dataDir, purpose);
  const url = embeddedUrl(dataDir, kept.POSTGRES_PASSWORD);
  return { url, adminUrl: url, kept, stop: async () => undefined };
}

/** The folder's own server, restarted with growing pauses if it dies. */
export async function startEmbedded(dataDir: string, purpose: Purpose | null, command: string): Promise<Database> {
  holdDataFolder(dataDir, command);
  const kept = keptSettings(dataDir, purpose);
  const start = () => startEmbeddedPostgres({ dataDir, password: kept.POSTGRES_PASSWORD });
  let server = await start();
  let isStopping = false;

  const keep = async () => {
    for (let pause = 500; ; pause = Math.min(pause * 2, 30_000)) {
      await server.ended;
      if (isStopping) return;
      console.error(`PostgreSQL ended and starts again in ${pause / 1000} s.`);
      await wait(pause);
      if (isStopping) return;
      server = await start().catch((cause: unknown) => {
        console.error(String(cause));
        return server;
      });
    }
  };
  void keep();

  const stop = async () => {
    isStopping = true;
    await server.stop();
  };
  return { url: server.url, adminUrl: server.url, kept, stop };
}

function givenDatabase(): Database | null {
  const url = process.env.DATABASE_URL;
  if (!url) return null;
  return { url, adminUrl: process.env.DATABASE_ADMIN_URL || url, kept: null, stop: async () => undefined };
}
