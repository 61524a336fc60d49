import "server-only";
import type { Tx } from "#lib/db.ts";
import { getReplyCase } from "./get-reply-case.ts";
import { hasNewerPageSide, type ReplyMoment, type Seen } from "./has-newer-page-side.ts";
import { judgeReply, type Outgoing, type ReplyJudgement } from "./reply-policy.ts";
import type { ThreadKey } from "./thread-key.ts";

/** Whether a reply may be sent as the thread stands now, and nobody of ours wrote past its author. */
export async function judgeReplyNow(
  tx: Tx,
  key: ThreadKey,
  message: Outgoing,
  seen: Seen,
  moment: ReplyMoment,
): Promise<ReplyJudgement | { allowed: false; why: "newer_message" }> {
  const place = await getReplyCase(tx, key);
  if (place === null) throw new Error("A reply stands in a thread.");
  const sender = seen.authorId === null ? "automation" : "person";
  const judgement = judgeReply({ ...place, sender, message, now: new Date() });
  const isLate = judgement.allowed && (await hasNewerPageSide(tx, key, seen, moment));
  return isLate ? { allowed: false, why: "newer_message" } : judgement;
}
