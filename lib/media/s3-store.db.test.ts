import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
import { readS3Address } from "./s3-address.ts";
import { s3Store } from "./s3-store.ts";

/** A bucket that keeps what is signed, and nothing else. */
const kept = new Map<string, Buffer>();
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const path = request.url ?? "";
  const isSigned = request.headers.authorization?.startsWith("AWS4-HMAC-SHA256 Credential=key/") === true;
  if (!isSigned) return response.writeHead(403).end();
  if (!path.startsWith("/leads/")) return response.writeHead(404).end();
  if (request.method === "PUT") {
    kept.set(path, Buffer.concat(chunks));
    return response.end();
  }
  if (request.method === "DELETE") {
    kept.delete(path);
    return response.writeHead(204).end();
  }
  const bytes = kept.get(path);
  return bytes === undefined ? response.writeHead(404).end("<Error/>") : response.end(bytes);
});

let port = 0;
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function storeAt(path: string, user = "key:secret") {
  const address = readS3Address(`s3://${user}@127.0.0.1:${port}/${path}?tls=off`);
  if (address === null) throw new Error("The address must be one.");
  return s3Store(address);
}

const key = { pageId: "104411223344556", id: newId() };

test("a file that was put is there, byte for byte, until it is removed", async () => {
  const store = storeAt("leads/media");
  const bytes = new Uint8Array([0, 255, 13, 10, 128]);
  expect(await store.get(key)).toBeNull();
  await store.put(key, bytes);
  expect(await store.get(key)).toEqual(bytes);
  expect([...kept.keys()]).toEqual([`/leads/media/${key.pageId}/${key.id.slice(-2)}/${key.id}`]);
  await store.remove(key);
  await store.remove(key);
  expect(await store.get(key)).toBeNull();
});

test("a store that refuses says so, and promises nothing", async () => {
  await expect(storeAt("leads", "other:secret").put(key, new Uint8Array([1]))).rejects.toThrow("403");
  await expect(storeAt("nobody").put(key, new Uint8Array([1]))).rejects.toThrow("bucket");
});

test("nothing but ids becomes a path", async () => {
  await expect(storeAt("leads").get({ pageId: "../1", id: key.id })).rejects.toThrow("key");
  await expect(storeAt("leads").get({ pageId: "1", id: "../../etc/passwd" })).rejects.toThrow("key");
});
