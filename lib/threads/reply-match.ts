/**
 * Which message of the history a reply of unclear fate became: the one with its very text at its very time. Only where
 * nothing else could be meant; two equal replies, or two equal messages, settle nothing.
 */
const SECOND = 1000;
/** The history counts whole seconds, and Meta's clock is not ours. */
const EARLY = 5 * SECOND;
const LATE = 60 * SECOND;

type UnknownReply = { id: string; text: string; sendingAt: Date };
type OutMessage = { mid: string; text: string | null; sentAt: Date };

export function matchReplies(
  replies: readonly UnknownReply[],
  messages: readonly OutMessage[],
): { id: string; mid: string; sentAt: Date }[] {
  const mayBe = (reply: UnknownReply, { text, sentAt }: OutMessage) => {
    const late = sentAt.getTime() - reply.sendingAt.getTime();
    return reply.text !== "" && text === reply.text && late >= -EARLY && late <= LATE;
  };
  return replies.flatMap((reply) => {
    const [message, another] = messages.filter((one) => mayBe(reply, one));
    if (message === undefined || another !== undefined) return [];
    const rivals = replies.filter((other) => mayBe(other, message));
    return rivals.length === 1 ? [{ id: reply.id, mid: message.mid, sentAt: message.sentAt }] : [];
  });
}
