import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isAlive, startedAt } from "./process.ts";
import { Refusal } from "./refusal.ts";

/**
 * What an installation with an embedded PostgreSQL keeps under DATA_DIR: its secrets, its cluster,
 * and the mark of the one process that runs on it.
 */

/** demo, dev and production never touch each other's data. */
export type Purpose = "demo" | "dev" | "production";

export type KeptSettings = {
  purpose: Purpose;
  POSTGRES_PASSWORD: string;
  AUTH_SECRET: string;
  ENCRYPTION_KEYS: string;
  META_VERIFY_TOKEN: string;
};

/**
 * Reads the secrets, making them at the first start. Losing this file loses the pages' tokens.
 * Commands that serve every kind of installation ask for no purpose.
 */
export function keptSettings(dataDir: string, purpose: Purpose | null): KeptSettings {
  const file = join(dataDir, "settings.json");
  if (!existsSync(file)) {
    const made: KeptSettings = {
      purpose: purpose ?? "production",
      POSTGRES_PASSWORD: randomBytes(24).toString("base64url"),
      AUTH_SECRET: randomBytes(32).toString("base64"),
      ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}`,
      META_VERIFY_TOKEN: randomBytes(16).toString("hex"),
    };
    const unfinished = `${file}.new`;
    writeFileSync(unfinished, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
    renameSync(unfinished, file);
    return made;
  }
  const kept: KeptSettings = JSON.parse(readFileSync(file, "utf8"));
  if (purpose !== null && kept.purpose !== purpose) {
    throw new Refusal(
      `${resolve(dataDir)} holds the data of ${kept.purpose === "production" ? "a production installation" : `npm run ${kept.purpose}`}, and this is ${purpose}. Set DATA_DIR to another folder.`,
    );
  }
  return kept;
}

type Holder = { pid: number; startedAt: string; command: string };

/** Who runs on this folder now, or null. A mark left by a process that died says nothing. */
export function holderOf(dataDir: string): Holder | null {
  try {
    const holder: Holder = JSON.parse(readFileSync(join(dataDir, "running.json"), "utf8"));
    return isAlive(holder.pid) && startedAt(holder.pid) === holder.startedAt ? holder : null;
  } catch {
    return null;
  }
}

/** Says at once who is first, before ports and servers are tried. */
export function refuseSecondStart(dataDir: string): void {
  const first = holderOf(dataDir);
  if (first === null) return;
  throw new Refusal(
    `${first.command} already runs on ${resolve(dataDir)} (process ${first.pid}). Stop it first, or set DATA_DIR to another folder.`,
  );
}

/** Marks the folder as ours until this process ends; a second start beside the first is refused. */
export function holdDataFolder(dataDir: string, command: string): void {
  makeDataFolder(dataDir);
  refuseSecondStart(dataDir);
  const file = join(dataDir, "running.json");
  const mine: Holder = { pid: process.pid, startedAt: startedAt(process.pid), command };
  rmSync(file, { force: true });
  try {
    writeFileSync(file, `${JSON.stringify(mine)}\n`, { flag: "wx" });
  } catch (cause) {
    refuseSecondStart(dataDir);
    throw new Refusal(`The data folder ${resolve(dataDir)} cannot be written to: ${String(cause)}`, { cause });
  }
  process.once("exit", () => rmSync(file, { force: true }));
}

/** Step by step: making all of a path at once never ends where a parent cannot hold folders. */
export function makeDataFolder(dataDir: string): void {
  if (existsSync(dataDir)) return;
  makeDataFolder(dirname(resolve(dataDir)));
  try {
    mkdirSync(dataDir);
  } catch (cause) {
    const why = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw new Refusal(
      `The data folder ${resolve(dataDir)} cannot be made (${why}). Set DATA_DIR to a folder you may write to.`,
      { cause },
    );
  }
}
