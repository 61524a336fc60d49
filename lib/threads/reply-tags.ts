/**
 * Meta's permits for writing outside the free window, as data: each with the day it ended. A tag that ended gets a
 * whole request refused, so the day decides and not a release of ours.
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/policy/
 */
export type ReplyTag = {
  name: string;
  /** The first day on which Meta refuses it, in UTC; null while nobody has announced one. */
  endedAt: Date | null;
  /** What may go out under it; `template` is Meta's own form and never a text of ours. */
  carries: "reply" | "template";
  /** Automation never gets a tag. */
  writtenBy: "person" | "nobody";
};

const EVENT_TAGS_ENDED = new Date("2026-04-27T00:00:00Z");

export const replyTags: readonly ReplyTag[] = [
  { name: "HUMAN_AGENT", endedAt: null, carries: "reply", writtenBy: "person" },
  { name: "CUSTOMER_FEEDBACK", endedAt: null, carries: "template", writtenBy: "nobody" },
  { name: "CONFIRMED_EVENT_UPDATE", endedAt: EVENT_TAGS_ENDED, carries: "reply", writtenBy: "nobody" },
  { name: "ACCOUNT_UPDATE", endedAt: EVENT_TAGS_ENDED, carries: "reply", writtenBy: "nobody" },
  { name: "POST_PURCHASE_UPDATE", endedAt: EVENT_TAGS_ENDED, carries: "reply", writtenBy: "nobody" },
];

/** Whether a person's reply may carry a tag on a given day. */
export function mayCarryTag(name: string, now: Date, tags: readonly ReplyTag[] = replyTags): boolean {
  const tag = tags.find((known) => known.name === name);
  if (tag === undefined || tag.carries !== "reply" || tag.writtenBy !== "person") return false;
  return tag.endedAt === null || now < tag.endedAt;
}
