import { readMetaId } from "./meta-id.ts";
import { readMetaTime } from "./meta-time.ts";
import { isRecord } from "./record.ts";
import { readText } from "./storable-text.ts";

/** A picture, file, sticker or shared thing in a message, whatever shape Meta gave it this year. */
export type Attachment = {
  type: string;
  url: string | null;
  title: string | null;
  stickerId: string | null;
  /** Cards: what their buttons say. */
  buttons?: string[];
  /** Where a place is, as "latitude, longitude". */
  place?: string;
  /** Times as ISO texts; Meta counts seconds. */
  appointment?: { status: string | null; startsAt: string | null; endsAt: string | null; timezone: string | null };
};

const MAX_URL_LENGTH = 8192;

/** The attachments of a message in their order, each thing once. */
export function readAttachments(value: unknown): Attachment[] {
  if (!Array.isArray(value)) return [];
  const attachments = value.filter(isRecord).map(readAttachment);
  const stickers = new Set(attachments.filter(({ type }) => type === "sticker").flatMap(picturesOf));
  // In summer 2026 each sticker came twice, as an image and as a sticker. One is enough.
  return attachments.filter((one) => one.type !== "image" || !picturesOf(one).some((picture) => stickers.has(picture)));
}

/**
 * An https address as a browser would open it, or null: everything else stays out of the product. Beside it only
 * addresses of this very machine, where a sandbox hands out its files.
 */
export function readWebUrl(value: unknown): string | null {
  if (typeof value !== "string" || value.length > MAX_URL_LENGTH) return null;
  const url = URL.parse(value);
  if (url === null || url.username !== "" || url.password !== "") return null;
  const isOfThisMachine = url.protocol === "http:" && url.hostname === "127.0.0.1";
  return url.protocol === "https:" || isOfThisMachine ? url.href : null;
}

function readAttachment(attachment: Record<string, unknown>): Attachment {
  const payload = isRecord(attachment.payload) ? attachment.payload : {};
  const elements = [payload.elements, isRecord(payload.product) ? payload.product.elements : null].flatMap(records);
  const type = readMetaId(attachment.type)?.toLowerCase() ?? "unknown";
  const buttons = [payload, ...elements]
    .flatMap(({ buttons: given }) => records(given))
    .map(({ title }) => readText(title));
  const place = readPlace(payload.coordinates);
  return {
    type,
    // Older fallbacks carry title and url beside the payload, newer ones inside.
    url: readWebUrl(payload.url) ?? readWebUrl(attachment.url),
    title:
      readText(attachment.title) ?? readText(payload.title) ?? readText(payload.text) ?? place ?? readTitles(elements),
    stickerId: readMetaId(payload.sticker_id),
    ...(place === null ? {} : { place }),
    ...(buttons.length === 0 ? {} : { buttons: buttons.filter((title) => title !== null) }),
    ...(type === "appointment_booking" ? { appointment: readAppointment(payload) } : {}),
  };
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The cards of a template or the products somebody shared, by their titles. */
function readTitles(elements: readonly Record<string, unknown>[]): string | null {
  const titles = elements.map(({ title }) => readText(title)).filter((title) => title !== null && title !== "");
  return titles.length === 0 ? null : titles.join(", ");
}

function readAppointment(payload: Record<string, unknown>): NonNullable<Attachment["appointment"]> {
  return {
    status: readText(payload.status ?? payload.booking_status),
    startsAt: readMetaTime(payload.start_time)?.toISOString() ?? null,
    endsAt: readMetaTime(payload.end_time)?.toISOString() ?? null,
    timezone: readText(payload.timezone),
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
