import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { newWorld } from "./demo.ts";
import { upgrade } from "./upgrade.ts";
import type { World } from "./world.ts";

/** The world's file: written beside the old one and moved over it, so that a reader never finds half a world. */
const PATIENCE = 150;

export type Store = { saveSoon(): void; saveNow(): void };

/** The world as it was left, in a new run; a new world when there is none. */
export function loadWorld(path: string | null, seed: string, appId: string): World {
  const text = path === null ? null : readIfThere(path);
  if (text === null) return newWorld(seed, appId);
  return upgrade(newWorld(seed, appId), readWorld(text, path ?? ""));
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function readWorld(text: string, path: string): Partial<World> {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`The sandbox cannot read its state in ${path}. Remove the file to begin a new world.`, { cause });
  }
}

/** Writes at most so often that writing never takes more than a tenth of the time. */
export function createStore(path: string | null, world: () => World): Store {
  let timer: NodeJS.Timeout | null = null;
  let lastCost = 0;

  function saveNow(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (path === null) return;
    const begun = performance.now();
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(`${path}.new`, "w");
    try {
      writeSync(file, JSON.stringify(world()));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.new`, path);
    lastCost = performance.now() - begun;
  }

  function trySave(): void {
    try {
      saveNow();
    } catch (error) {
      console.error("sandbox: the state could not be saved:", error instanceof Error ? error.message : error);
    }
  }

  return {
    saveNow,
    saveSoon() {
      if (path === null) return;
      timer ??= setTimeout(trySave, PATIENCE + 10 * lastCost);
    },
  };
}
