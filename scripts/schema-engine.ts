import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";
import { MigrationAdapter } from "./migration-adapter.ts";

/**
 * Migrations by Prisma's own schema engine, run as WebAssembly: the native one would have to be
 * downloaded. Same table, same checksums, so that either can take over from the other.
 */

const PRISMA = join(import.meta.dirname, "..", "prisma");
const MIGRATIONS = join(PRISMA, "migrations");
const SCHEMA_PATH = "prisma/schema.prisma";
const filters = { externalTables: [], externalEnums: [] };

/** Applies what is missing, each file whole or not at all; returns the names. Safe to run beside others. */
export async function applyMigrations(url: string): Promise<string[]> {
  const engine = await openEngine(url);
  const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: migrations(), filters });
  return appliedMigrationNames;
}

/** The SQL that leads from the migrations to the schema file; empty when nothing is missing. */
export async function diffFromMigrations(url: string): Promise<string> {
  const engine = await openEngine(url);
  const from = { tag: "migrations" as const, ...migrations() };
  const to = { tag: "schemaDatamodel" as const, files: [schemaFile()] };
  const result = await engine.diff({ from, to, script: true, exitCode: true, filters });
  return result.exitCode === 2 ? (result.stdout ?? "") : "";
}

function schemaFile() {
  return { path: SCHEMA_PATH, content: readFileSync(join(PRISMA, "schema.prisma"), "utf8") };
}

function migrations() {
  const directories = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return {
    baseDir: MIGRATIONS,
    lockfile: { path: "migration_lock.toml", content: readFileSync(join(MIGRATIONS, "migration_lock.toml"), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: directories
      .map(({ name }) => name)
      .sort()
      .map((name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok" as const, value: readFileSync(join(MIGRATIONS, name, "migration.sql"), "utf8") },
        },
      })),
  };
}

declare global {
  // The engine looks for this by name; without it a panic shows as an unrelated TypeError.
  var PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => void };
}

let isLoaded = false;

function openEngine(url: string): Promise<glue.SchemaEngine> {
  if (!isLoaded) {
    globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(message) };
    const wasm = createRequire(import.meta.url)
      .resolve("@prisma/schema-engine-wasm")
      .replace(/\.js$/, "_bg.wasm");
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(wasm)), {
      "./schema_engine_bg.js": glue,
    });
    // Both names are the binding's own wiring, left out of its published types.
    const setWasm: unknown = Reflect.get(glue, "__wbg_set_wasm");
    if (!(setWasm instanceof Function && exports.__wbindgen_start instanceof Function)) {
      throw new Error("This version of @prisma/schema-engine-wasm is wired differently: see scripts/schema-engine.ts.");
    }
    setWasm(exports);
    exports.__wbindgen_start();
    isLoaded = true;
  }
  const adapter = bindMigrationAwareSqlAdapterFactory(new MigrationAdapter(url));
  return glue.SchemaEngine.new({ datamodels: [[SCHEMA_PATH, schemaFile().content]] }, () => undefined, adapter);
}
