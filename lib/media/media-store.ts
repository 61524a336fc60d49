import "server-only";
import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { env } from "#lib/env.ts";

/** Where files lie. The key names page and file; nothing a person wrote is part of it. */
export type MediaStore = {
  put(key: MediaKey, bytes: Uint8Array): Promise<void>;
  /** Null: not there. */
  get(key: MediaKey): Promise<Uint8Array<ArrayBuffer> | null>;
  remove(key: MediaKey): Promise<void>;
};

export type MediaKey = { pageId: string; id: string };

/** The store of this installation: a folder beside the database. */
export function mediaStore(): MediaStore {
  const root = join(env.DATA_DIR, "media");
  return {
    async put(key, bytes) {
      const path = pathOf(root, key);
      await mkdir(join(path, ".."), { recursive: true, mode: 0o700 });
      const draft = `${path}.${randomUUID()}`;
      const file = await open(draft, "wx", 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
    },
    async get(key) {
      try {
        return new Uint8Array(await readFile(pathOf(root, key)));
      } catch (cause) {
        if (isMissing(cause)) return null;
        throw cause;
      }
    },
    remove: (key) => rm(pathOf(root, key), { force: true }),
  };
}

/** Ids are checked once more where they become a path. */
function pathOf(root: string, { pageId, id }: MediaKey): string {
  if (!/^[\w-]+$/.test(pageId) || !/^[0-9a-f-]{36}$/.test(id)) throw new Error("No key of a file.");
  return join(root, pageId, id.slice(-2), id);
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}
