import "server-only";
import type { Tx } from "#lib/db.ts";
import { getReplyCase } from "./get-reply-case.ts";
import { hasNewerPageSide, type ReplyMoment, type Seen } from "./has-newer-page-side.ts";
import { judgeReply, type ReplyJudgement } from "./reply-policy.ts";
import type { ThreadKey } from "./thread-key.ts";

/** Whether a person's reply may be sent as the thread stands now, and nobody of ours wrote past its author. */
export async function judgeReplyNow(
  tx: Tx,
  key: ThreadKey,
  reply: Seen & { text: string },
  moment: ReplyMoment,
): Promise<ReplyJudgement | { allowed: false; why: "newer_message" }> {
  const found = await getReplyCase(tx, key);
  if (found === null) throw new Error("A reply stands in a thread.");
  const judgement = judgeReply({ ...found, sender: "person", text: reply.text, now: new Date() });
  const isLate = judgement.allowed && (await hasNewerPageSide(tx, key, reply, moment));
  return isLate ? { allowed: false, why: "newer_message" } : judgement;
}
