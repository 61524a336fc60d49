import { z } from "zod";
import { endFlow } from "./flow-ending.ts";
import { refusals } from "./graph-errors.ts";
import { adOf, type Meta } from "./meta.ts";
import { takeOver } from "./outsiders.ts";
import { giveControl, ownerAt } from "./ownership.ts";
import { tellDelivered, tellEcho } from "./tell.ts";
import { answeredFlow, write } from "./thread.ts";
import type { Flow, Message, Page, Thread } from "./world.ts";

/** `POST /{page}/messages`: the checks Meta makes, the message in the chat, and what its acceptance sets off. */
const DAY = 24 * 60 * 60 * 1000;
const MAX_TEXT = 2000;
const MAX_METADATA = 999;
const REMOVED_TAGS = ["CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE"];

const quickReply = z.object({ title: z.string().optional(), payload: z.string().max(1000).optional() });
export const sendBody = z.object({
  recipient: z.object({ id: z.coerce.string() }),
  messaging_type: z.enum(["RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY"]).default("RESPONSE"),
  tag: z.string().optional(),
  message: z
    .object({
      text: z.string().optional(),
      attachment: z.object({ type: z.string(), payload: z.unknown() }).optional(),
      quick_replies: z.array(quickReply).max(13).optional(),
      metadata: z.string().optional(),
    })
    .optional(),
  reply_to: z.object({ mid: z.string() }).optional(),
  sender_action: z.enum(["typing_on", "typing_off", "mark_seen", "react", "unreact"]).optional(),
});
export type SendBody = z.infer<typeof sendBody>;

/** The thread of a recipient the business may know of: somebody who has written at least once. */
export function knownThread(meta: Meta, page: Page, psid: string): Thread {
  const thread = meta.world.threads[psid];
  if (thread === undefined || thread.pageId !== page.id) throw refusals.unknownRecipient();
  if (thread.lastUserActionAt === null) throw refusals.unknownRecipient();
  return thread;
}

/** Accepts the message and returns it, or throws the refusal. A sender action is accepted and returns null. */
export function acceptSend(meta: Meta, page: Page, body: SendBody, at: number): Message | null {
  const { message, sender_action: action } = body;
  if (message !== undefined && action !== undefined) throw refusals.messageAndAction();
  const thread = knownThread(meta, page, body.recipient.id);
  if (action === undefined) checkContents(body);
  const flow = checkControl(meta, page, thread, body, at);
  checkWindow(page, thread, body, at);
  if (action !== undefined || message === undefined) return null;

  if (flow !== null) {
    // Our accepted send counts as taking over, and the complete lead is lost to the advertiser.
    giveControl(thread, meta.world.appId, at);
    const sent = deliver(meta, thread, body, at);
    endFlow(meta, thread, flow, adOf(meta.world, flow.adId), "interrupted_by_app", at, null);
    return sent;
  }
  return deliver(meta, thread, body, at);
}

function checkContents({ message, messaging_type: type, tag }: SendBody): void {
  if (message === undefined) throw refusals.invalid("The parameter message is required.");
  if (tag !== undefined && REMOVED_TAGS.includes(tag)) throw refusals.removedTag();
  if (type === "UTILITY") throw refusals.invalid("Utility messages need an approved template.");
  if (type === "MESSAGE_TAG" && tag === undefined) throw refusals.invalid("A message tag is required.");
  if (tag !== undefined && tag !== "HUMAN_AGENT") throw refusals.invalid(`Invalid message tag ${tag}.`);
  if ((message.text ?? "") === "" && message.attachment === undefined) {
    throw refusals.invalid("Message cannot be empty, must provide valid attachment or text.");
  }
  if ((message.text ?? "").length > MAX_TEXT) {
    throw refusals.invalid(`Length of param message[text] must be less than or equal to ${MAX_TEXT}.`);
  }
  if ((message.metadata ?? "").length > MAX_METADATA) throw refusals.invalid("Param message[metadata] is too long.");
}

/** Whether our app may write now. Returns the running flow this send would interrupt. */
function checkControl(meta: Meta, page: Page, thread: Thread, body: SendBody, at: number): Flow | null {
  const flow = answeredFlow(thread);
  if (flow !== null) {
    const { allowsInterrupt, blocksSendApi, connectedAppId } = adOf(meta.world, flow.adId).settings;
    if (allowsInterrupt && connectedAppId === meta.world.appId) return flow;
    if (blocksSendApi) throw refusals.questionsRun();
    return null;
  }
  const owner = ownerAt(thread, at) ?? page.defaultAppId;
  if (owner === null || owner === meta.world.appId) return null;
  const mayTake = page.regime === "routing" && page.isTakeAllowed;
  if (body.tag !== "HUMAN_AGENT" || !mayTake) throw refusals.otherAppOwns();
  // A human agent's message counts as taking control, where that is allowed; only a message the window lets through.
  checkWindow(page, thread, body, at);
  takeOver(meta, thread, meta.world.appId, at);
  return null;
}

function checkWindow(page: Page, thread: Thread, { tag }: SendBody, at: number): void {
  const since = (moment: number | null) => (moment === null ? Number.POSITIVE_INFINITY : at - moment);
  const sinceUser = since(thread.lastUserActionAt);
  if (tag === "HUMAN_AGENT") {
    if (!page.hasHumanAgent) throw refusals.noPermission("the Human Agent feature");
    if (sinceUser > 7 * DAY) throw refusals.outsideWindow();
    return;
  }
  if (sinceUser <= DAY) return;
  if (page.hasLongAdWindow && since(thread.firstAdMessageAt) <= 7 * DAY) return;
  throw refusals.outsideWindow();
}

function deliver(meta: Meta, thread: Thread, body: SendBody, at: number): Message {
  const attachment = body.message?.attachment;
  const message = write(meta, thread, {
    from: "app",
    text: body.message?.text ?? null,
    attachments: attachment === undefined ? [] : [{ type: attachment.type, url: null, title: null }],
    quickReplies: (body.message?.quick_replies ?? []).map(({ title, payload }) => ({
      title: (title ?? "").slice(0, 20),
      payload: payload ?? null,
    })),
    metadata: body.message?.metadata ?? null,
    replyToMid: body.reply_to?.mid ?? null,
    at,
  });
  tellEcho(meta, thread, message, meta.world.appId);
  tellDelivered(meta, thread, message);
  return message;
}
