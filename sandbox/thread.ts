import { newMid } from "./ids.ts";
import type { Meta } from "./meta.ts";
import type { Author, Flow, Message, Person, Thread, World } from "./world.ts";

/** The thread with a person, opened if there was none. */
export function openThread(world: World, { pageId, psid }: Person): Thread {
  const known = world.threads[psid];
  if (known !== undefined) return known;
  const thread: Thread = {
    pageId,
    psid,
    messages: [],
    flows: [],
    ownerAppId: null,
    ownedSince: null,
    ownedUntil: null,
    controlDays: 1,
    requestedByAppId: null,
    lastUserActionAt: null,
    firstAdMessageAt: null,
    labels: [],
    optIns: [],
  };
  world.threads[psid] = thread;
  return thread;
}

export type Written = { from: Author; text: string | null; at: number } & Partial<
  Pick<Message, "attachments" | "quickReplies" | "metadata" | "replyToMid" | "personaId">
>;

/** Messages of one moment keep the order in which they were written. */
const ONE_MOMENT = 1000;

function placeInTime(thread: Thread, at: number): number {
  const last = thread.messages.at(-1)?.at ?? 0;
  return last >= at && last - at < ONE_MOMENT ? last + 1 : at;
}

/** Puts a message at its place in time. What the Leadgen app writes is seen at once: the person is in the chat. */
export function write(meta: Meta, thread: Thread, written: Written): Message {
  const at = placeInTime(thread, written.at);
  const seenAt = written.from === "leadgen" || written.from === "person" ? at : null;
  const message: Message = {
    mid: newMid(meta.world, meta.world.people[thread.psid]?.platform),
    attachments: [],
    quickReplies: [],
    metadata: null,
    replyToMid: null,
    ...written,
    at,
    deliveredAt: seenAt,
    readAt: seenAt,
    reaction: null,
    edits: [],
    isUnsent: false,
  };
  const last = thread.messages.at(-1);
  thread.messages.push(message);
  if (last !== undefined && last.at > message.at) thread.messages.sort((a, b) => a.at - b.at);
  meta.changed(thread);
  return message;
}

export function runningFlow(thread: Thread): Flow | null {
  const last = thread.flows.at(-1);
  return last?.state === "running" ? last : null;
}

/** A running flow the business can notice: before the first answer nothing exists for it. */
export function answeredFlow(thread: Thread): Flow | null {
  const flow = runningFlow(thread);
  return flow !== null && flow.lastAnswerAt !== null ? flow : null;
}
