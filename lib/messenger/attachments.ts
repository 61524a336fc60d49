import { readMetaId } from "./meta-id.ts";
import { isRecord } from "./record.ts";
import { readText } from "./storable-text.ts";

/** A picture, file, sticker or shared thing in a message, whatever shape Meta gave it this year. */
export type Attachment = { type: string; url: string | null; title: string | null; stickerId: string | null };

const MAX_URL_LENGTH = 8192;

/** The attachments of a message in their order, each thing once. */
export function readAttachments(value: unknown): Attachment[] {
  if (!Array.isArray(value)) return [];
  const attachments = value.filter(isRecord).map(readAttachment);
  const stickers = new Set(attachments.filter(({ type }) => type === "sticker").flatMap(picturesOf));
  // In summer 2026 each sticker came twice, as an image and as a sticker. One is enough.
  return attachments.filter((one) => one.type !== "image" || !picturesOf(one).some((picture) => stickers.has(picture)));
}

/** An https address as a browser would open it, or null. Everything else stays out of the product. */
export function readHttpsUrl(value: unknown): string | null {
  if (typeof value !== "string" || value.length > MAX_URL_LENGTH) return null;
  const url = URL.parse(value);
  return url !== null && url.protocol === "https:" && url.username === "" && url.password === "" ? url.href : null;
}

function readAttachment(attachment: Record<string, unknown>): Attachment {
  const payload = isRecord(attachment.payload) ? attachment.payload : {};
  return {
    type: readMetaId(attachment.type)?.toLowerCase() ?? "unknown",
    // Older fallbacks carry title and url beside the payload, newer ones inside.
    url: readHttpsUrl(payload.url) ?? readHttpsUrl(attachment.url),
    title:
      readText(attachment.title) ?? readText(payload.title) ?? readText(payload.text) ?? readPlace(payload.coordinates),
    stickerId: readMetaId(payload.sticker_id),
  };
}

function readPlace(coordinates: unknown): string | null {
  if (!isRecord(coordinates)) return null;
  const latitude = readText(coordinates.lat);
  const longitude = readText(coordinates.long);
  return latitude === null || longitude === null ? null : `${latitude}, ${longitude}`;
}

/** What two copies of one picture have in common. The signature in an address differs from copy to copy. */
function picturesOf({ url, stickerId }: Attachment): string[] {
  return [stickerId, url?.replace(/[?#].*$/, "")].filter((one) => typeof one === "string");
}
