/**
 * Which message of the history a reply of unclear fate became: the one with its very text at its very time. Only where
 * nothing else could be meant; two equal replies, or two equal messages, settle nothing. `rivals` are not to be settled,
 * but any of these messages may as well be theirs.
 */
const SECOND = 1000;
/** The history counts whole seconds, and Meta's clock is not ours. */
const EARLY = 5 * SECOND;
const LATE = 60 * SECOND;

/** `until`: it may have left at any time until then; without it, soon. */
type UnknownReply = { id: string; text: string; sendingAt: Date; until?: Date | undefined };
type OutMessage = { mid: string; text: string | null; sentAt: Date };

export function matchReplies(
  replies: readonly UnknownReply[],
  messages: readonly OutMessage[],
  rivals: readonly UnknownReply[] = [],
): { id: string; mid: string; sentAt: Date }[] {
  const mayBe = (reply: UnknownReply, { text, sentAt }: OutMessage) => {
    const late = sentAt.getTime() - reply.sendingAt.getTime();
    // The blanks around a part of a long text were not sent.
    const words = reply.text.trim();
    return (
      words !== "" && text === words && late >= -EARLY && (late <= LATE || sentAt <= (reply.until ?? reply.sendingAt))
    );
  };
  return replies.flatMap((reply) => {
    const [message, another] = messages.filter((one) => mayBe(reply, one));
    if (message === undefined || another !== undefined) return [];
    const claimants = [...replies, ...rivals].filter((other) => mayBe(other, message));
    return claimants.length === 1 ? [{ id: reply.id, mid: message.mid, sentAt: message.sentAt }] : [];
  });
}
