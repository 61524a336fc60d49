import type { Call } from "./graph-call.ts";
import { refusals } from "./graph-errors.ts";
import { type Field, pick } from "./graph-fields.ts";
import { usernameOf } from "./graph-tokens.ts";
import type { Message, Page, Thread, World } from "./world.ts";

/** Threads and messages as the Conversations API shows them: no ads, no receipts, no reactions. */
const DETAILED = 20;

/** `2026-11-20T10:05:17+0000` */
export const isoTime = (at: number) => `${new Date(at).toISOString().slice(0, 19)}+0000`;

export const conversationId = ({ psid }: Thread) => `t_1${psid}`;

/** Newest first, and nothing of questions nobody has answered yet. */
export function listedMessages({ messages, flows }: Thread): Message[] {
  const last = flows.at(-1);
  const unheard = last?.state === "running" && last.lastAnswerAt === null ? last.startedAt : Number.POSITIVE_INFINITY;
  return messages.filter(({ at, isUnsent }) => at < unheard && isUnsent !== true).toReversed();
}

/** Only the newest of a thread can be looked at. */
const hasDetails = (thread: Thread, message: Message) => listedMessages(thread).slice(0, DETAILED).includes(message);

function personEnd(world: World, page: Page, psid: string) {
  const person = world.people[psid];
  const name = person === undefined || person.isDeleted ? "Facebook user" : person.name;
  if (person?.platform === "instagram") return { username: usernameOf({ ...page, name }), id: psid };
  return { name, email: `${psid}@facebook.com`, id: psid };
}

function pageEnd(world: World, page: Page, psid: string) {
  if (world.people[psid]?.platform === "instagram") {
    return { username: usernameOf(page), id: page.instagramId ?? page.id };
  }
  return { name: page.name, email: `${page.id}@facebook.com`, id: page.id };
}

export function participants(world: World, page: Page, thread: Thread) {
  return { data: [personEnd(world, page, thread.psid), pageEnd(world, page, thread.psid)] };
}

const mimes: Record<string, string> = {
  image: "image/png",
  sticker: "image/png",
  video: "video/mp4",
  audio: "audio/mpeg",
};

function attachmentsOf({ mid, attachments }: Message) {
  const shown = attachments.filter(({ type }) => ["image", "video", "audio", "file"].includes(type));
  if (shown.length === 0) return undefined;
  const data = shown.map(({ type, url, title }, index) => ({
    id: `${mid.slice(2, 14)}${index}`,
    mime_type: mimes[type] ?? (url?.endsWith(".pdf") ? "application/pdf" : "application/octet-stream"),
    name: title ?? url?.split("/").at(-1) ?? `${type}-${index}`,
    size: 20_480,
    ...(type === "image"
      ? { image_data: { width: 480, height: 252, max_width: 480, max_height: 252, url, preview_url: url } }
      : {}),
    ...(type === "video" ? { video_data: { width: 480, height: 252, length: 3, url, preview_url: url } } : {}),
    ...(type === "audio" || type === "file" ? { file_url: url } : {}),
  }));
  return { data };
}

function sharesOf({ attachments }: Message) {
  const shared = attachments.filter(({ type }) => ["fallback", "template", "location"].includes(type));
  if (shared.length === 0) return undefined;
  return { data: shared.map(({ url, title }) => ({ link: url ?? "", name: title ?? "" })) };
}

/** One message. What is too old for details shows its id and time alone. */
export function viewMessage({ meta }: Call, page: Page, thread: Thread, message: Message, fields: Field[] | null) {
  const { world } = meta;
  const person = personEnd(world, page, thread.psid);
  const ours = pageEnd(world, page, thread.psid);
  const isTheirs = message.from === "person";
  const when = { id: () => message.mid, created_time: () => isoTime(message.at) };
  if (!hasDetails(thread, message)) return { id: when.id(), created_time: when.created_time() };
  const sticker = message.attachments.find(({ type, stickerId }) => type === "sticker" || stickerId !== undefined);
  const known = {
    ...when,
    from: () => (isTheirs ? person : ours),
    to: () => ({ data: [isTheirs ? ours : person] }),
    message: () => message.text ?? "",
    attachments: () => attachmentsOf(message),
    shares: () => sharesOf(message),
    sticker: () => sticker?.url ?? undefined,
    reply_to: () => (message.replyToMid === null ? undefined : { mid: message.replyToMid }),
    tags: () => ({ data: [{ name: "inbox" }, { name: isTheirs ? "read" : "sent" }] }),
    is_unsupported: () => undefined,
  };
  return pick(
    known,
    fields ?? [
      { name: "id", args: {}, children: null },
      { name: "created_time", args: {}, children: null },
    ],
  );
}

export function refuseOld(thread: Thread, message: Message): void {
  if (!hasDetails(thread, message)) throw refusals.gone();
}
