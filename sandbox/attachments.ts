import type { Attachment } from "./world.ts";

/** What a phone can send besides text. */
const FILES = "https://scontent.example";

const kinds: Record<string, Attachment> = {
  image: { type: "image", url: `${FILES}/from-the-phone.jpg`, title: null },
  video: { type: "video", url: `${FILES}/roof-walk.mp4`, title: null },
  audio: { type: "audio", url: `${FILES}/voice-note.mp4`, title: null },
  file: { type: "file", url: `${FILES}/floor-plan.pdf`, title: null },
  sticker: { type: "sticker", url: `${FILES}/like.png`, title: null, stickerId: "369239263222822" },
  fallback: {
    type: "fallback",
    url: "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Froof",
    title: "Roof plan",
  },
  location: { type: "location", url: null, title: null, coordinates: { lat: 48.7758, long: 9.1829 } },
};

export function attachmentOf(kind: string): Attachment {
  return { ...(kinds[kind] ?? { type: kind, url: null, title: null }) };
}
