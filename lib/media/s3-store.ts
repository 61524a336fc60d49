import "server-only";
import { AwsClient } from "aws4fetch";
import { type MediaKey, type MediaStore, pathOf } from "./media-key.ts";
import type { S3Address } from "./s3-address.ts";

const TIMEOUT_MS = 30_000;

/** Files in a bucket of an S3-compatible store. */
export function s3Store({ baseUrl, ...keys }: S3Address): MediaStore {
  const client = new AwsClient({ ...keys, service: "s3", retries: 2 });
  const ask = async (method: string, key: MediaKey, body?: Uint8Array<ArrayBuffer>): Promise<Response> => {
    const response = await client.fetch(`${baseUrl}/${pathOf(key)}`, {
      method,
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: "error",
    });
    if (!response.ok && response.status !== 404) {
      await response.body?.cancel();
      throw new Error(`The store of files answers ${response.status}.`);
    }
    return response;
  };
  return {
    async put(key, bytes) {
      const response = await ask("PUT", key, new Uint8Array(bytes));
      await response.body?.cancel();
      if (response.status === 404) throw new Error("The store of files has no such bucket.");
    },
    async get(key) {
      const response = await ask("GET", key);
      const bytes = new Uint8Array(await response.arrayBuffer());
      return response.status === 404 ? null : bytes;
    },
    async remove(key) {
      const response = await ask("DELETE", key);
      await response.body?.cancel();
    },
  };
}
