import "server-only";
import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type MediaKey, type MediaStore, pathOf } from "./media-key.ts";

/** Files in a folder beside the database. */
export function diskStore(root: string): MediaStore {
  const place = (key: MediaKey) => join(root, pathOf(key));
  return {
    async put(key, bytes) {
      const path = place(key);
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
        return new Uint8Array(await readFile(place(key)));
      } catch (cause) {
        if (isMissing(cause)) return null;
        throw cause;
      }
    },
    remove: (key) => rm(place(key), { force: true }),
  };
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}
