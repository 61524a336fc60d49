import { resolve } from "node:path";
import { holdDataFolder, holderOf, type KeptSettings, keptSettings, makeDataFolder, type Purpose } from "./data-folder.ts";
import { embeddedUrl, startEmbeddedPostgres } from "./embedded-postgres.ts";

export type Database = {
  url: string;
  /** For migrations: another role, where DATABASE_ADMIN_URL names one. */
  adminUrl: string;
  /** The secrets kept beside an embedded database; null with DATABASE_URL. */
  kept: KeptSettings | null;
  /** Settles when an embedded server started here ends; never otherwise. */
  ended: Promise<void>;
  stop: () => Promise<void>;
};

export function dataDirectory(fallback: string): string {
  return resolve(process.env.DATA_DIR || fallback);
}

/** DATABASE_URL, or the embedded server of the folder, started here and held by `command`. */
export async function startDatabase(dataDir: string, purpose: Purpose, command: string): Promise<Database> {
  const given = givenDatabase();
  if (given !== null) return given;
  holdDataFolder(dataDir, command);
  const kept = keptSettings(dataDir, purpose);
  const server = await startEmbeddedPostgres({ dataDir, password: kept.POSTGRES_PASSWORD });
  return { url: server.url, adminUrl: server.url, kept, ended: server.ended, stop: server.stop };
}

/** The same for a short command: joins the server that already runs on the folder, if one does. */
export async function joinDatabase(dataDir: string, purpose: Purpose, command: string): Promise<Database> {
  const given = givenDatabase();
  if (given !== null) return given;
  makeDataFolder(dataDir);
  if (holderOf(dataDir) === null) return startDatabase(dataDir, purpose, command);
  const kept = keptSettings(dataDir, purpose);
  const url = embeddedUrl(dataDir, kept.POSTGRES_PASSWORD);
  return { url, adminUrl: url, kept, ended: new Promise(() => undefined), stop: async () => undefined };
}

function givenDatabase(): Database | null {
  const url = process.env.DATABASE_URL;
  if (!url) return null;
  const adminUrl = process.env.DATABASE_ADMIN_URL || url;
  return { url, adminUrl, kept: null, ended: new Promise(() => undefined), stop: async () => undefined };
}
