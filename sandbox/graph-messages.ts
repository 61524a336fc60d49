import { asPage, type Call, type Endpoint, need, type Reply, readParam } from "./graph-call.ts";
import { controlThread } from "./graph-control.ts";
import { refusals } from "./graph-errors.ts";
import { attachmentsOf, saveFile } from "./graph-files.ts";
import { acceptSend, knownThread } from "./graph-send.ts";
import type { Meta } from "./meta.ts";
import { ownerAt } from "./ownership.ts";
import { type SendBody, sendBody } from "./send-body.ts";
import { INSTAGRAM_INBOX_APP, OTHER_APP, PAGE_INBOX_APP, type Page, type SendFault } from "./world.ts";

/** `POST /{page}/messages`: a message under whatever fault was ordered for it, or a sign of life. */
const TYPING = 20_000;

export const messageEndpoint: Endpoint = async (call) => {
  if (call.edge !== "messages" || call.method !== "POST") return null;
  const page = asPage(call);
  if (page === null) throw refusals.notFound(call.object);
  need(call, "pages_messaging");
  const body = readParam(sendBody, call.params);
  checkPersona(call, page, body);
  if (body.sender_action !== undefined) return signal(call, page, body);
  return send(call, page, body);
};

async function send(call: Call, page: Page, body: SendBody): Promise<Reply> {
  const { meta, at } = call;
  const fault = nextFault(meta);
  if (fault?.kind === "throttle") throw refusals.throttled(fault.code);
  if (fault?.kind === "unclear" && !fault.isAccepted) return { json: null, fault: fault.how };

  checkHandOn(meta, page, body);
  const { attachment, attachments = [] } = body.message ?? {};
  const wanted = attachment === undefined ? attachments : [attachment, ...attachments];
  const files = await attachmentsOf(call, page, wanted);
  checkReplyTo(meta, page, body);
  const message = acceptSend(meta, page, body, at, files);
  if (message === null) throw refusals.invalid("The parameter message is required.");
  meta.world.sent.push({
    mid: message.mid,
    pageId: page.id,
    psid: body.recipient.id,
    text: message.text,
    metadata: message.metadata,
    messagingType: body.messaging_type,
    tag: body.tag ?? null,
    at: message.at,
    answered: fault === null ? "ok" : fault.how,
  });
  handOn(meta, page, body, at);
  const [first] = files;
  const isSaved = first !== undefined && String(attachment?.payload.is_reusable ?? false) === "true";
  const json = {
    recipient_id: body.recipient.id,
    message_id: message.mid,
    ...(isSaved ? { attachment_id: saveFile(call, page, first).id } : {}),
  };
  return fault === null ? { json } : { json, fault: fault.how };
}

/** What cannot be executed after sending is refused before. */
function checkHandOn({ world }: Meta, page: Page, { recipient, thread_control: wish }: SendBody): void {
  if (wish === undefined) return;
  if (page.regime !== "routing") throw refusals.invalid("thread_control needs Conversation Routing.");
  if (wish.control_type === "release") return;
  const target = wish.app_id ?? page.defaultAppId;
  const inbox = world.people[recipient.id]?.platform === "instagram" ? INSTAGRAM_INBOX_APP : PAGE_INBOX_APP;
  if (target === world.appId) throw refusals.invalid("The app has control of this thread already.");
  if (target !== inbox && target !== OTHER_APP) throw refusals.wrongTargetApp();
}

/** Control changes hands with the message itself. A thread nobody has cannot be released, and need not be. */
function handOn(meta: Meta, page: Page, { recipient, thread_control: wish }: SendBody, at: number): void {
  if (wish === undefined) return;
  const thread = knownThread(meta, page, recipient.id);
  if (wish.control_type === "release" && ownerAt(thread, at) === null) return;
  const target = wish.app_id === undefined ? {} : { target_app_id: wish.app_id };
  controlThread(meta, page, wish.control_type, { recipient, metadata: "", ...target }, at);
}

function checkReplyTo(meta: Meta, page: Page, { recipient, reply_to: quoted }: SendBody): void {
  if (quoted === undefined) return;
  const thread = knownThread(meta, page, recipient.id);
  if (!thread.messages.some(({ mid }) => mid === quoted.mid)) {
    throw refusals.invalid("Param reply_to[mid] is not a message of this thread.");
  }
}

function checkPersona({ meta }: Call, page: Page, { persona_id: id }: SendBody): void {
  if (id === undefined) return;
  const persona = meta.world.graph.personas.find((known) => known.id === id);
  if (persona === undefined || persona.pageId !== page.id || persona.isDeleted) {
    throw refusals.invalid("Invalid persona id.");
  }
}

/** Typing, seen, and the page's reaction: shown on the phone, told to nobody. */
function signal({ meta, at }: Call, page: Page, body: SendBody): Reply {
  acceptSend(meta, page, body, at);
  const { graph, threads } = meta.world;
  const psid = body.recipient.id;
  const signs = graph.signs[psid] ?? { typingUntil: null, personaId: null, seenAt: null };
  graph.signs[psid] = signs;
  const action = body.sender_action;
  if (action === "typing_on") signs.typingUntil = at + TYPING;
  if (action === "typing_off") signs.typingUntil = null;
  if (action === "mark_seen") signs.seenAt = at;
  signs.personaId = body.persona_id ?? null;
  const thread = threads[psid];
  if (action === "react" || action === "unreact") {
    const mid = body.payload?.message_id;
    if (mid === undefined) throw refusals.invalid("The parameter payload[message_id] is required.");
    if (thread?.messages.some((message) => message.mid === mid) !== true) {
      throw refusals.invalid("Param payload[message_id] is not a message of this thread.");
    }
    if (action === "unreact") delete graph.pageReactions[mid];
    else graph.pageReactions[mid] = body.payload?.reaction ?? "love";
  }
  if (thread !== undefined) meta.changed(thread);
  return { json: { recipient_id: psid } };
}

function nextFault({ world }: Meta): SendFault | null {
  const [fault] = world.faults.sends;
  if (fault === undefined) return null;
  fault.times -= 1;
  if (fault.times <= 0) world.faults.sends.shift();
  return fault;
}
