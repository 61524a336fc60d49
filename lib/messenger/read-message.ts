import type { Attachment } from "./attachments.ts";
import { cameBy } from "./came-by.ts";
import { eventKey } from "./event-key.ts";
import { hopContextOutcome } from "./lead-outcome.ts";
import type { MetaEvent } from "./meta-event.ts";
import type { Item } from "./webhook-place.ts";
import { messagePart } from "./webhook-schema.ts";

/**
 * Three things come as `message`: what the person wrote, what our side wrote (an echo), and the summary of a complete
 * lead, which nobody wrote and which must never look as if somebody had.
 */
export function readMessage(part: Record<string, unknown>, item: Item): MetaEvent | null {
  const message = messagePart.parse(part);
  const { mid, text } = message;
  if (mid === null) return null;

  const { base } = item;
  // The same message on standby and on messaging is one message, but two pieces of evidence about control.
  const keyOf = (word: string) => eventKey(word, [base.channel, mid]);

  if (message.is_echo) {
    const { app_id: appId, metadata, attachments, is_deleted: isDeleted } = message;
    const key = keyOf(isDeleted ? "echo_deleted" : "echo");
    const replyToMid = message.reply_to?.mid ?? null;
    return { kind: "echo", ...base, key, mid, text, attachments, appId, metadata, replyToMid, isDeleted };
  }
  if (isLeadSummary(text, item)) {
    return { kind: "lead_summary", ...base, key: eventKey("lead_summary", [mid]), mid, text: text ?? "" };
  }
  return {
    kind: "message",
    ...base,
    key: keyOf(message.is_deleted ? "message_deleted" : "message"),
    mid,
    text,
    attachments: [...message.attachments, ...beside(message)],
    quickReply: message.quick_reply?.payload ?? null,
    replyToMid: message.reply_to?.mid ?? null,
    isDeleted: message.is_deleted,
    isUnsupported: message.is_unsupported,
    adId: message.referral?.ad_id ?? null,
    adTitle: message.referral?.ads_context_data?.ad_title ?? null,
    cameBy: cameBy(message.referral),
  };
}

type MessagePart = ReturnType<typeof messagePart.parse>;

/** What Meta tells beside the text, as things one can look at: a story replied to, commands, a product asked about. */
function beside({ reply_to: replyTo, commands, referral }: MessagePart): Attachment[] {
  const story = replyTo?.story ?? null;
  const product = referral?.product?.id ?? null;
  const nothing = { url: null, title: null, stickerId: null };
  return [
    ...(story === null ? [] : [{ ...nothing, type: "story_reply", url: story.url }]),
    ...commands.map((title) => ({ ...nothing, type: "command", title })),
    ...(product === null ? [] : [{ ...nothing, type: "product", title: product }]),
  ];
}

/**
 * By its context, because the words "Lead summary:" may be translated. A context on the entry speaks of the handover
 * in it, too, so among several items it makes a summary only of a message that also says it is one.
 */
function isLeadSummary(text: string | null, { fields, place }: Item): boolean {
  if (hopContextOutcome(fields.hop_context) === "complete") return true;
  if (hopContextOutcome(place.hopContext) !== "complete") return false;
  return place.isAloneInEntry || (text ?? "").startsWith("Lead summary:");
}
