import { eventKey } from "./event-key.ts";
import type { Reaction } from "./meta-event.ts";
import type { Item } from "./webhook-place.ts";
import { reactionPart } from "./webhook-schema.ts";

/** Meta's words for its own reactions; `other` and new words come with an emoji. */
const EMOJIS: Readonly<Record<string, string>> = {
  smile: "😆",
  angry: "😠",
  sad: "😢",
  wow: "😮",
  love: "❤️",
  like: "👍",
  dislike: "👎",
};

/** The person put a reaction on a message, or took it back; then emoji and word are usually missing. */
export function readReaction(part: Record<string, unknown>, { time, base }: Item): Reaction | null {
  const { mid, action, emoji, reaction } = reactionPart.parse(part);
  if (mid === null) return null;
  const isRemoval = action === "unreact";
  const known = reaction !== null && Object.hasOwn(EMOJIS, reaction) ? EMOJIS[reaction] : undefined;
  return {
    kind: "reaction",
    ...base,
    key: eventKey("reaction", [mid, base.psid, action, emoji, time]),
    mid,
    emoji: isRemoval ? null : (emoji ?? known ?? "👍"),
    isRemoval,
  };
}
