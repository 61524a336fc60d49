/** Signs to the person that are no message: typing, seen, a reaction. Made to be lost: late ones are not sent. */
import type { Platform } from "./reply-text.ts";

/** Meta shows "typing" for about 20 s. */
export const TYPING_EVERY_MS = 15_000;

/** A sign older than this says something that is no longer so. */
export const STALE_SIGN_SECONDS = 20;
/** A reaction stays true for longer; after that a person has to want it again. */
export const STALE_REACTION_SECONDS = 300;

const emojis: Record<Platform, readonly string[]> = {
  messenger: ["❤", "😆", "😮", "😢", "😠", "👍", "👎"],
  // Instagram knows one for businesses.
  instagram: ["❤"],
};

/** What an agent may react with. */
export function reactionsOf(platform: Platform): readonly string[] {
  return emojis[platform];
}

export type Sign =
  | { kind: "typing_on" | "typing_off" | "mark_seen" }
  | { kind: "react"; mid: string; emoji: string }
  | { kind: "unreact"; mid: string };
