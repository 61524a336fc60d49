import { userMessage } from "./events.ts";
import { opening } from "./events-people.ts";
import { answerFlow } from "./flow.ts";
import { type Meta, pageOf, Refusal } from "./meta.ts";
import { channelFor, noteUserAction } from "./ownership.ts";
import { checkPresent } from "./person-acts.ts";
import { tell, tellRead } from "./tell.ts";
import { runningFlow, write } from "./thread.ts";
import type { Attachment, QuickReply, Thread } from "./world.ts";
import type { Ad } from "./world-ads.ts";

/** The customer's side of the chat after (or between) the questions. */
export type Said = {
  text: string | null;
  attachments: Attachment[];
  payload: string | null;
  replyToMid: string | null;
  /** From where the person came with this message. */
  from: { ad: Ad | null; ref: string | null } | null;
};

export const plainly = (text: string): Said => ({
  text,
  attachments: [],
  payload: null,
  replyToMid: null,
  from: null,
});

export function personWrites(meta: Meta, thread: Thread, said: Said, at: number): void {
  checkPresent(meta, thread);
  if (runningFlow(thread) !== null) {
    if (said.text === null) throw new Refusal(409, "The automated questions want text.");
    answerFlow(meta, thread, said.text, at);
    return;
  }
  const page = pageOf(meta.world, thread.pageId);
  const message = write(meta, thread, {
    from: "person",
    text: said.text,
    attachments: said.attachments,
    replyToMid: said.replyToMid,
    at,
  });
  noteUserAction(page, thread, at);
  if (said.from?.ad != null) thread.firstAdMessageAt = Math.max(thread.firstAdMessageAt ?? 0, at);
  // A button's payload reaches only the app that sent the button: us, when we hold the thread.
  const isOurs = channelFor(page, thread, meta.world.appId, at) === "messaging";
  const referral = said.from === null ? null : opening(said.from.ad, said.from.ref);
  const item = userMessage(thread, message, null, isOurs ? said.payload : null, referral);
  tell(meta, thread, { what: "message", item, at });
}

/** What the person could tap now. */
export function offeredReplies(thread: Thread): QuickReply[] {
  return thread.messages.at(-1)?.quickReplies ?? [];
}

export function personReads(meta: Meta, thread: Thread, at: number): void {
  const unseen = thread.messages.filter((message) => message.readAt === null && message.at <= at);
  const last = unseen.at(-1);
  if (last === undefined) return;
  for (const message of unseen) message.readAt = at;
  tellRead(meta, thread, last.at, at);
  meta.changed(thread);
}
