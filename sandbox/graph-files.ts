import { z } from "zod";
import { asPage, type Call, type Endpoint, embedded, need, readParam, type UploadedFile } from "./graph-call.ts";
import { GraphError, refusals } from "./graph-errors.ts";
import type { SavedFile } from "./graph-world.ts";
import { newNumber } from "./ids.ts";
import { keepUpload } from "./media.ts";
import { messageContents, type WantedAttachment } from "./send-body.ts";
import type { Attachment, Page } from "./world.ts";

/** Files of messages: from an address, from the form itself, or uploaded ahead and named by id for 90 days. */
const MEGABYTE = 1024 * 1024;
const MOST = { image: 8 * MEGABYTE, other: 25 * MEGABYTE };
const LIFE = 90 * 24 * 60 * 60 * 1000;

const kinds: Record<string, RegExp> = {
  image: /^image\/(png|jpe?g|gif|webp)/,
  video: /^video\//,
  audio: /^audio\//,
  file: /./,
};
const endings: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "image/webp": "webp",
  "application/pdf": "pdf",
  "audio/mpeg": "mp3",
  "video/mp4": "mp4",
  "text/plain": "txt",
};

type Loaded = { bytes: Buffer; type: string; title: string };

/** The attachments a message wants, loaded and checked. */
export async function attachmentsOf(
  call: Call,
  page: Page,
  wanted: readonly WantedAttachment[],
): Promise<Attachment[]> {
  if (wanted.length > 1 && wanted.some(({ type }) => type !== "image")) {
    throw refusals.invalid("Only images can be sent together.");
  }
  const found: Attachment[] = [];
  for (const attachment of wanted) found.push(await one(call, page, attachment));
  return found;
}

async function one(call: Call, page: Page, { type, payload }: WantedAttachment): Promise<Attachment> {
  if (type === "template") return template(call, page, payload);
  if (payload.attachment_id !== undefined) {
    const saved = call.meta.world.graph.savedFiles.find(({ id }) => id === payload.attachment_id);
    if (saved === undefined || saved.pageId !== page.id || saved.expiresAt <= call.at || saved.type !== type) {
      throw refusals.badAttachmentId();
    }
    return { type, url: saved.url, title: null };
  }
  const { url, title } = await load(call, type, payload.url);
  return { type, url, title };
}

function template({ meta }: Call, page: Page, payload: WantedAttachment["payload"]): Attachment {
  if (payload.template_type === "instant_form") {
    const form = meta.world.instantForms.find(({ id }) => id === payload.form_id);
    if (form === undefined || form.pageId !== page.id) {
      throw new GraphError(1, 2018382, "The form cannot be sent in a thread.", 500);
    }
    return { type: "template", url: null, title: form.name };
  }
  return { type: "template", url: null, title: payload.text ?? null };
}

async function load(call: Call, type: string, url: string | undefined): Promise<{ url: string; title: string | null }> {
  const [file] = call.files;
  if (url === undefined && file === undefined) {
    throw refusals.invalid("Param message[attachment][payload] needs url, attachment_id or filedata.");
  }
  const loaded = url === undefined ? fromForm(file) : await fromAddress(url);
  if (loaded === null) return { url: outside(call, type), title: null };
  if (loaded.bytes.length > (type === "image" ? MOST.image : MOST.other)) throw refusals.tooLarge();
  if (loaded.bytes.length === 0) throw refusals.badFile("the file is empty");
  if (kinds[type]?.test(loaded.type) !== true) throw refusals.badFile(`${loaded.type} is not ${type}`);
  const ending = endings[loaded.type.split(";")[0] ?? ""] ?? "bin";
  const name = `sent/${newNumber(call.meta.world)}-${call.meta.world.run}.${ending}`;
  return { url: keepUpload(call.meta, name, loaded), title: type === "file" ? loaded.title : null };
}

function fromForm(file: UploadedFile | undefined): Loaded | null {
  return file === undefined ? null : { bytes: file.bytes, type: file.type, title: file.fileName };
}

/** Only addresses on this machine are really fetched; of others the sandbox believes what it is told. */
async function fromAddress(address: string): Promise<Loaded | null> {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) throw refusals.notFetchable();
  if (url.hostname.endsWith(".invalid")) throw refusals.notFetchable();
  if (url.hostname !== "127.0.0.1" && url.hostname !== "localhost") return null;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw refusals.notFetchable();
    const type = response.headers.get("content-type") ?? "application/octet-stream";
    return { bytes: Buffer.from(await response.arrayBuffer()), type, title: url.pathname.split("/").at(-1) ?? "file" };
  } catch {
    throw refusals.notFetchable();
  }
}

function outside({ meta }: Call, type: string): string {
  const ending = { image: "png", video: "mp4", audio: "mp3" }[type] ?? "pdf";
  return `https://scontent.example/elsewhere/${newNumber(meta.world)}.${ending}`;
}

/** What was asked to be reusable, or uploaded ahead, gets an id of its own. */
export function saveFile(call: Call, page: Page, { type, url }: Attachment): SavedFile {
  const { world } = call.meta;
  const id = `6${String(world.run).padStart(4, "0")}${String(newNumber(world)).padStart(11, "0")}`;
  const saved = { id, pageId: page.id, type, url: url ?? "", expiresAt: call.at + LIFE };
  world.graph.savedFiles.push(saved);
  return saved;
}

const uploadBody = z.object({ message: embedded(messageContents) });

export const fileEndpoint: Endpoint = async (call) => {
  if (call.edge !== "message_attachments") return null;
  const page = asPage(call);
  if (page === null) throw refusals.notFound(call.object);
  if (call.method !== "POST") throw refusals.invalid("Unsupported get request.");
  need(call, "pages_messaging");
  const { attachment } = readParam(uploadBody, call.params).message;
  if (attachment === undefined || attachment.type === "template") {
    throw refusals.invalid("The parameter message[attachment] is required.");
  }
  const [file] = await attachmentsOf(call, page, [attachment]);
  if (file === undefined) throw refusals.invalid("The parameter message[attachment] is required.");
  return { json: { attachment_id: saveFile(call, page, file).id } };
};
