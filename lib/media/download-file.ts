import "server-only";
import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { Agent, fetch, type Response } from "undici";
import { env } from "#lib/env.ts";
import { faultName } from "#lib/fault-name.ts";
import { fetchableUrl, isPublicAddress } from "./media-host.ts";

export type Download =
  | { outcome: "fetched"; bytes: Uint8Array; fileName: string | null }
  /** Meta's addresses end after a while; asking again brings nothing. */
  | { outcome: "gone" }
  | { outcome: "refused"; why: "host" | "too_large" | "redirects" }
  | { outcome: "later"; why: string };

/** What a message may carry at most. */
const MAX_BYTES = 25 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const MAX_HOPS = 3;

/** Resolves a name once and connects to what was checked: a second answer could point into our own network. */
const publicOnly: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (cause, found) => {
    if (cause !== null) return done(cause, "");
    const [first] = found;
    if (first === undefined || !found.every(({ address }) => isPublicAddress(address))) {
      return done(Object.assign(new Error("Not an address of the public network."), { code: "EACCES" }), "");
    }
    return options.all === true ? done(null, found) : done(null, first.address, first.family);
  });
};

const agent = new Agent({ connect: { lookup: publicOnly, timeout: 3_000 } });
const ownAgent = new Agent({ connect: { timeout: 3_000 } });

/** Fetches a file from one of Meta's hosts, and from nowhere else, however it redirects. */
export async function downloadFile(address: string): Promise<Download> {
  const graphOrigin = new URL(env.META_GRAPH_URL).origin;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let url = fetchableUrl(address, graphOrigin);
  for (let hop = 0; hop <= MAX_HOPS; hop += 1) {
    if (url === null) return { outcome: "refused", why: "host" };
    try {
      const response = await fetch(url, {
        redirect: "manual",
        signal,
        dispatcher: url.origin === graphOrigin ? ownAgent : agent,
      });
      const next = redirectOf(response, url);
      if (next === null) return await readFile(response, url);
      await response.body?.cancel();
      url = fetchableUrl(next, graphOrigin);
    } catch (cause) {
      return { outcome: "later", why: faultName(cause) };
    }
  }
  return { outcome: "refused", why: "redirects" };
}

function redirectOf(response: Response, from: URL): string | null {
  const target = response.headers.get("location");
  if (response.status < 300 || response.status >= 400 || target === null) return null;
  return URL.parse(target, from)?.href ?? "";
}

async function readFile(response: Response, { pathname }: URL): Promise<Download> {
  if (response.status === 403 || response.status === 404 || response.status === 410) {
    await response.body?.cancel();
    return { outcome: "gone" };
  }
  if (!response.ok) {
    await response.body?.cancel();
    return { outcome: "later", why: `status ${response.status}` };
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) return { outcome: "refused", why: "too_large" };
    chunks.push(chunk);
  }
  if (size === 0) return { outcome: "later", why: "empty" };
  const named = decodeURIComponentSafely(pathname.split("/").at(-1) ?? "");
  return { outcome: "fetched", bytes: Buffer.concat(chunks), fileName: named === "" ? null : named };
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
