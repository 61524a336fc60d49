import { endFlow } from "./flow-ending.ts";
import { GraphError, refusals } from "./graph-errors.ts";
import { adOf, type Meta } from "./meta.ts";
import { takeOver } from "./outsiders.ts";
import { giveControl, ownerAt } from "./ownership.ts";
import type { SendBody } from "./send-body.ts";
import { tellDelivered, tellEcho } from "./tell.ts";
import { answeredFlow, write } from "./thread.ts";
import type { Attachment, Flow, Message, Page, QuickReply, Thread } from "./world.ts";

/** The checks Meta makes of a send, the message in the chat, and what its acceptance sets off. */
const DAY = 24 * 60 * 60 * 1000;
const MAX_TEXT = 2000;
/** Bytes of UTF-8. */
const MAX_INSTAGRAM_TEXT = 1000;
const MAX_METADATA = 999;
const REMOVED_TAGS = ["CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE"];

/** The thread of a recipient the business may know of: somebody who has written at least once. */
export function knownThread(meta: Meta, page: Page, psid: string): Thread {
  const thread = meta.world.threads[psid];
  if (thread === undefined || thread.pageId !== page.id) throw refusals.unknownRecipient();
  if (thread.lastUserActionAt === null) throw refusals.unknownRecipient();
  if (meta.world.people[psid]?.isDeleted === true) throw refusals.unknownRecipient();
  return thread;
}

/** Instagram has codes of its own for some refusals. */
export const isOnInstagram = ({ world }: Meta, { psid }: Pick<Thread, "psid">) =>
  world.people[psid]?.platform === "instagram";

/** Accepts the message and returns it, or throws the refusal. A sender action is accepted and returns null. */
export function acceptSend(
  meta: Meta,
  page: Page,
  body: SendBody,
  at: number,
  attachments: Attachment[] = [],
): Message | null {
  const { message, sender_action: action } = body;
  if (message !== undefined && action !== undefined) throw refusals.messageAndAction();
  const thread = knownThread(meta, page, body.recipient.id);
  if (action === undefined) checkContents(meta, body, attachments);
  checkRecipient(meta, page, thread, at);
  const flow = checkControl(meta, page, thread, body, at);
  checkWindow(meta, page, thread, body, at);
  if (action !== undefined || message === undefined) return null;

  if (flow !== null) {
    // Our accepted send counts as taking over, and the complete lead is lost to the advertiser.
    giveControl(thread, meta.world.appId, at);
    const sent = deliver(meta, thread, body, attachments, at);
    endFlow(meta, thread, flow, adOf(meta.world, flow.adId), "interrupted_by_app", at, null);
    return sent;
  }
  return deliver(meta, thread, body, attachments, at);
}

function checkContents(meta: Meta, body: SendBody, attachments: readonly Attachment[]): void {
  const { message, messaging_type: type, tag } = body;
  if (message === undefined) throw refusals.invalid("The parameter message is required.");
  if (tag !== undefined && REMOVED_TAGS.includes(tag)) throw refusals.removedTag();
  if (type === "UTILITY") throw refusals.invalid("Utility messages need an approved template.");
  if (type === "MESSAGE_TAG" && tag === undefined) throw refusals.invalid("A message tag is required.");
  if (tag !== undefined && tag !== "HUMAN_AGENT") throw refusals.invalid(`Invalid message tag ${tag}.`);
  const hasText = (message.text ?? "") !== "";
  if (!hasText && attachments.length === 0) {
    throw refusals.invalid("Message cannot be empty, must provide valid attachment or text.");
  }
  if (hasText && attachments.length > 0) {
    throw refusals.invalid("Message must have either text or attachments, not both.");
  }
  checkLength(meta, body.recipient.id, message.text ?? "");
  if ((message.metadata ?? "").length > MAX_METADATA) throw refusals.invalid("Param message[metadata] is too long.");
}

function checkLength({ world }: Meta, psid: string, text: string): void {
  if (world.people[psid]?.platform === "instagram") {
    if (Buffer.byteLength(text) > MAX_INSTAGRAM_TEXT) {
      throw refusals.invalid(
        `Length of param message[text] must be less than or equal to ${MAX_INSTAGRAM_TEXT} bytes.`,
      );
    }
  } else if (text.length > MAX_TEXT) {
    throw refusals.invalid(`Length of param message[text] must be less than or equal to ${MAX_TEXT}.`);
  }
}

/** Whether this page may write at all, and to this person. */
function checkRecipient({ world }: Meta, page: Page, { psid }: Thread, at: number): void {
  const { testers, restrictedUntil } = world.graph;
  if (page.policy === "block") throw new GraphError(368, null, "The action attempted has been deemed abusive.");
  if ((restrictedUntil[page.id] ?? 0) > at) throw refusals.restricted();
  if (testers !== null && !testers.includes(psid)) throw refusals.notLive();
  if (world.people[psid]?.hasBlocked === true) throw refusals.unavailable();
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
  if (body.tag !== "HUMAN_AGENT" || !mayTake) throw refusals.otherAppOwns(isOnInstagram(meta, thread));
  // A human agent's message counts as taking control, where that is allowed; only a message the window lets through.
  checkWindow(meta, page, thread, body, at);
  takeOver(meta, thread, meta.world.appId, at);
  return null;
}

function checkWindow(meta: Meta, page: Page, thread: Thread, { tag }: SendBody, at: number): void {
  const since = (moment: number | null) => (moment === null ? Number.POSITIVE_INFINITY : at - moment);
  const sinceUser = since(thread.lastUserActionAt);
  if (tag === "HUMAN_AGENT") {
    if (!page.hasHumanAgent) throw refusals.noPermission("the Human Agent feature");
    if (sinceUser > 7 * DAY) throw refusals.outsideWindow(isOnInstagram(meta, thread));
    return;
  }
  if (sinceUser <= DAY) return;
  if (page.hasLongAdWindow && since(thread.firstAdMessageAt) <= 7 * DAY) return;
  throw refusals.outsideWindow(isOnInstagram(meta, thread));
}

type Offered = NonNullable<NonNullable<SendBody["message"]>["quick_replies"]>[number];

/** A button; for an e-mail address or a number it shows the person's own, and too long a title is cut. */
function offered({ world }: Meta, { psid }: Thread, { content_type: kind, title, payload }: Offered): QuickReply {
  const person = world.people[psid];
  if (kind === "user_email") return { title: person?.email ?? "", payload: person?.email ?? null };
  if (kind === "user_phone_number") return { title: person?.phone ?? "", payload: person?.phone ?? null };
  return { title: (title ?? "").slice(0, 20), payload: payload ?? null };
}

function deliver(meta: Meta, thread: Thread, body: SendBody, attachments: Attachment[], at: number): Message {
  const message = write(meta, thread, {
    from: "app",
    text: body.message?.text ?? null,
    attachments,
    quickReplies: (body.message?.quick_replies ?? []).map((reply) => offered(meta, thread, reply)),
    metadata: body.message?.metadata ?? null,
    replyToMid: body.reply_to?.mid ?? null,
    ...(body.persona_id === undefined ? {} : { personaId: body.persona_id }),
    at,
  });
  const signs = meta.world.graph.signs[thread.psid];
  if (signs !== undefined) signs.typingUntil = null;
  tellEcho(meta, thread, message, meta.world.appId);
  tellDelivered(meta, thread, message);
  return message;
}
