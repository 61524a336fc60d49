import "server-only";
import { join } from "node:path";
import { env } from "#lib/env.ts";
import { diskStore } from "./disk-store.ts";
import type { MediaStore } from "./media-key.ts";
import { readS3Address } from "./s3-address.ts";
import { s3Store } from "./s3-store.ts";

/** The store of this installation: a folder beside the database, or a bucket where one is set. */
export function mediaStore(): MediaStore {
  const bucket = env.MEDIA_STORE === undefined ? null : readS3Address(env.MEDIA_STORE);
  return bucket === null ? diskStore(join(env.DATA_DIR, "media")) : s3Store(bucket);
}
