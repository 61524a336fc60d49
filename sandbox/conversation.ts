import { userMessage } from "./events.ts";
import { answerFlow } from "./flow.ts";
import { type Meta, pageOf, Refusal } from "./meta.ts";
import { channelFor, noteUserAction } from "./ownership.ts";
import { tell, tellRead } from "./tell.ts";
import { runningFlow, write } from "./thread.ts";
import type { Attachment, QuickReply, Thread } from "./world.ts";

/** The customer's side of the chat after (or between) the questions. */
export type Said = {
  text: string | null;
  attachment: Attachment | null;
  payload: string | null;
  replyToMid: string | null;
};

export const plainly = (text: string): Said => ({ text, attachment: null, payload: null, replyToMid: null });

export function personWrites(meta: Meta, thread: Thread, said: Said, at: number): void {
  if (runningFlow(thread) !== null) {
    if (said.text === null) throw new Refusal(409, "The automated questions want text.");
    answerFlow(meta, thread, said.text, at);
    return;
  }
  const attachments = said.attachment === null ? [] : [said.attachment];
  const page = pageOf(meta.world, thread.pageId);
  const message = write(meta, thread, {
    from: "person",
    text: said.text,
    attachments,
    replyToMid: said.replyToMid,
    at,
  });
  noteUserAction(page, thread, at);
  // A button's payload reaches only the app that sent the button: us, when we hold the thread.
  const isOurs = channelFor(page, thread, meta.world.appId, at) === "messaging";
  const item = userMessage(thread, message, null, isOurs ? said.payload : null);
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
