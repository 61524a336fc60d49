import type { IncomingMessage } from "node:http";
import { z } from "zod";
import type { UploadedFile } from "./graph-call.ts";
import { refusals } from "./graph-errors.ts";

/** What a call brings along: in its address, as JSON, as a form, or as a form with files. */
const MOST = 60 * 1024 * 1024;

export type Brought = { params: Record<string, unknown>; files: UploadedFile[] };

export async function readBrought(request: IncomingMessage, url: URL): Promise<Brought> {
  const params: Record<string, unknown> = Object.fromEntries(url.searchParams);
  const bytes = await bodyBytes(request);
  const type = request.headers["content-type"] ?? "";
  if (bytes.length === 0) return { params, files: [] };
  if (type.startsWith("multipart/form-data")) return readForm(params, bytes, type);
  const text = bytes.toString("utf8");
  if (type.startsWith("application/x-www-form-urlencoded")) {
    return { params: { ...params, ...Object.fromEntries(new URLSearchParams(text)) }, files: [] };
  }
  const body = z.record(z.string(), z.unknown()).safeParse(parse(text));
  if (!body.success) throw refusals.invalid("The body is not a JSON object.");
  return { params: { ...params, ...body.data }, files: [] };
}

async function bodyBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= MOST) chunks.push(bytes);
  }
  if (size > MOST) throw refusals.tooLarge();
  return Buffer.concat(chunks);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function readForm(params: Record<string, unknown>, bytes: Buffer, type: string): Promise<Brought> {
  const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } })
    .formData()
    .catch(() => null);
  if (form === null) throw refusals.invalid("The multipart body cannot be read.");
  const files: UploadedFile[] = [];
  for (const [name, value] of form.entries()) {
    if (typeof value === "string") params[name] = value;
    else {
      files.push({
        name,
        fileName: value.name,
        type: value.type,
        bytes: Buffer.from(await value.arrayBuffer()),
      });
    }
  }
  return { params, files };
}
