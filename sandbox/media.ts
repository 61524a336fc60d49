import { createHmac } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { sendJson } from "./http.ts";
import { mediaBytes, mediaTypes } from "./media-bytes.ts";
import type { Meta } from "./meta.ts";
import type { World } from "./world.ts";

/**
 * Pictures and files. In the world they bear the address of Meta's file servers, `https://scontent.example/…`; whoever asks
 * gets one on this machine instead, signed and good for some days, as Meta's are.
 */
const HOUR = 60 * 60 * 1000;
const DAYS = 24 * HOUR;
const LIFE = { profile: 3 * DAYS, other: 14 * DAYS };
const named = /^(?:[\w-]+\/)*[\w-]+\.(\w+)$/;

/** What was uploaded here, for as long as this process lives; a stand-in of the same kind afterwards. */
type Upload = { bytes: Buffer; type: string };
const uploads = new WeakMap<Meta, Map<string, Upload>>();

export function keepUpload(meta: Meta, name: string, upload: Upload): string {
  const kept = uploads.get(meta) ?? new Map<string, Upload>();
  uploads.set(meta, kept.set(name, upload));
  return `https://scontent.example/${name}`;
}

function proof({ world }: Meta, name: string, oe: string): string {
  return createHmac("sha256", `${world.seed}|media`).update(`${name}|${oe}`).digest("hex").slice(0, 32);
}

/** Many updates name the same few pictures; ends are whole hours, so that one signature serves them all. */
const signed = new WeakMap<World, Map<string, string>>();
const MOST_SIGNED = 1000;

function mediaAddress(meta: Meta, name: string): string {
  const life = name.startsWith("profile/") ? LIFE.profile : LIFE.other;
  const end = Math.ceil((meta.now() + life) / HOUR) * (HOUR / 1000);
  const key = `${name}|${end}`;
  const known = signed.get(meta.world) ?? new Map<string, string>();
  if (known.size > MOST_SIGNED) known.clear();
  signed.set(meta.world, known);
  const oe = end.toString(16).toUpperCase();
  const query = known.get(key) ?? `oe=${oe}&oh=${proof(meta, name, oe)}`;
  known.set(key, query);
  return `${meta.address()}/media/${name}?${query}`;
}

/** JSON text, as Meta's wire has it (`\/`) or as anybody else writes it, with addresses that can be fetched here. */
export function withMedia(meta: Meta, json: string): string {
  return json.replace(
    /https:(\\?)\/\\?\/scontent\.example\\?\/((?:[\w.-]|\\?\/)+)/g,
    (_whole, slash: string, name: string) => {
      const address = mediaAddress(meta, name.replaceAll("\\", ""));
      return slash === "" ? address : address.replaceAll("/", "\\/");
    },
  );
}

/** The people's page shows what people see, and needs no signature; browsers alone set this header. */
const isOwnPage = ({ headers }: IncomingMessage) => headers["sec-fetch-site"] === "same-origin";

export function serveMedia(meta: Meta, request: IncomingMessage, response: ServerResponse, url: URL): void {
  const name = url.pathname.slice("/media/".length);
  const oe = url.searchParams.get("oe") ?? "";
  const type = mediaTypes[named.exec(name)?.[1] ?? ""];
  const refuse = (status: number, error: string) => sendJson(response, status, { error });
  if (meta.world.graph.isMediaGone) refuse(410, "The file is gone.");
  else if (isOwnPage(request) && type !== undefined) sendFile(meta, request, response, name, type);
  else if (url.searchParams.get("oh") !== proof(meta, name, oe)) refuse(403, "URL signature mismatch");
  else if (Number.parseInt(oe, 16) * 1000 < meta.now()) refuse(403, "URL signature expired");
  else if (type === undefined) refuse(404, "There is no such file.");
  else sendFile(meta, request, response, name, type);
}

function sendFile(meta: Meta, request: IncomingMessage, response: ServerResponse, name: string, type: string): void {
  const upload = uploads.get(meta)?.get(name);
  const bytes = upload?.bytes ?? mediaBytes(name);
  response.writeHead(200, {
    "content-type": upload?.type ?? type,
    "content-length": bytes.length,
    "cache-control": "max-age=1209600, no-transform",
    "x-content-type-options": "nosniff",
  });
  response.end(request.method === "HEAD" ? undefined : bytes);
}
