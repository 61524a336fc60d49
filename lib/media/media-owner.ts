/** What a kept file belongs to: each thing's file is kept once. */
export type MediaOwner = string;

export function messageMedia(mid: string, position: number): MediaOwner {
  return `message:${position}:${mid}`;
}

export function personMedia(psid: string): MediaOwner {
  return `person:${psid}`;
}

export function adMedia(adId: string): MediaOwner {
  return `ad:${adId}`;
}

/** Kinds of attachments that are files. The others are links, places and cards. */
const FILES = ["image", "video", "audio", "file", "sticker"];

type Attachment = { type: string; url: string | null };

/** The files of a message that Meta hands out, with the place each has among the attachments. */
export function filesOf(mid: string, attachments: readonly Attachment[]): { owner: MediaOwner; sourceUrl: string }[] {
  return attachments.flatMap(({ type, url }, position) =>
    url === null || !FILES.includes(type) ? [] : [{ owner: messageMedia(mid, position), sourceUrl: url }],
  );
}
