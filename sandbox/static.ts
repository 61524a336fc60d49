import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { sendJson } from "./http.ts";

/** The people's page: plain files, one folder deep. */
const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
};

export async function servePage(response: ServerResponse, pathname: string): Promise<void> {
  const name = pathname === "/" ? "index.html" : pathname.slice(1);
  const type = types[extname(name)];
  const content = type !== undefined && /^[\w-]+(\.[\w-]+)+$/.test(name) ? await fileOf(name) : null;
  if (content === null || type === undefined) {
    sendJson(response, 404, { error: `There is nothing at ${pathname}.` });
    return;
  }
  response.writeHead(200, { "content-type": type, "cache-control": "no-cache", "x-content-type-options": "nosniff" });
  response.end(content);
}

async function fileOf(name: string): Promise<Buffer | null> {
  try {
    return await readFile(join(import.meta.dirname, "page", name));
  } catch {
    return null;
  }
}
