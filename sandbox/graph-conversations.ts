import { z } from "zod";
import { conversationId, isoTime, listedMessages, participants, refuseOld, viewMessage } from "./conversation-views.ts";
import { asPage, type Call, callingPage, type Endpoint, need, paged, type Reply, readParam } from "./graph-call.ts";
import { refusals } from "./graph-errors.ts";
import { type Field, fieldsOf, pick } from "./graph-fields.ts";
import { limitConversations } from "./graph-usage.ts";
import { ownerAt } from "./ownership.ts";
import type { Page, Thread } from "./world.ts";

/** The Conversations API: threads of a page, newest first, their messages, and one message. */
export const conversationEndpoint: Endpoint = (call) => {
  const { object, edge, method } = call;
  if (method !== "GET") return null;
  if (edge === "conversations") {
    const page = asPage(call);
    if (page === null) throw refusals.notFound(object);
    allow(call, page);
    return list(call, page);
  }
  if (/^t_\d+$/.test(object)) return oneThread(call);
  return /^(m_|aWdf)/.test(object) && edge === null ? oneMessage(call) : null;
};

function allow(call: Call, page: Page): void {
  limitConversations(call, page.id);
  need(call, "pages_messaging");
  need(call, "pages_read_engagement");
}

const listed = z.object({
  platform: z.enum(["messenger", "instagram"]).default("messenger"),
  user_id: z.coerce.string().optional(),
});

function list(call: Call, page: Page): Reply {
  const { platform, user_id: userId } = readParam(listed, {
    platform: call.params.platform,
    user_id: call.params.user_id,
  });
  const { world } = call.meta;
  if (platform === "instagram") {
    need(call, "instagram_manage_messages");
    if (page.instagramId === null) throw refusals.noInstagram();
  }
  if (page.isHighVolume && userId === undefined) {
    throw refusals.throttled(613);
  }
  const threads = Object.values(world.threads)
    .filter((thread) => thread.pageId === page.id && thread.lastUserActionAt !== null)
    .filter(({ psid }) => (world.people[psid]?.platform ?? "messenger") === platform)
    .filter(({ psid }) => userId === undefined || psid === userId)
    .map((thread) => ({ thread, at: updatedAt(thread) }))
    .toSorted((one, other) => other.at - one.at)
    .map(({ thread }) => thread);
  const { data, paging } = paged(call, threads, conversationId);
  const fields = fieldsOf(call.params, "id,link,updated_time");
  const rows = data.map((thread) => viewThread(call, page, thread, fields));
  return { json: { data: rows, ...(paging === undefined ? {} : { paging }) } };
}

const updatedAt = (thread: Thread) => listedMessages(thread)[0]?.at ?? thread.lastUserActionAt ?? 0;

function viewThread(call: Call, page: Page, thread: Thread, fields: Field[]) {
  const { world } = call.meta;
  const messages = listedMessages(thread);
  return pick(
    {
      id: () => conversationId(thread),
      link: () => `/${page.id}/inbox/${thread.psid}/?section=messages`,
      updated_time: () => isoTime(updatedAt(thread)),
      message_count: () => messages.length,
      unread_count: () => unread(call, thread),
      snippet: () => messages[0]?.text ?? "",
      can_reply: () => true,
      name: () => undefined,
      subject: () => undefined,
      participants: () => participants(world, page, thread),
      senders: () => participants(world, page, thread),
      // Told only where Conversation Routing is configured.
      is_owner: () => (page.regime === "routing" ? ownerAt(thread, call.at) === world.appId : undefined),
      messages: (field) => messageList(call, page, thread, field),
    },
    fields,
  );
}

function unread({ meta }: Call, { psid, messages }: Thread): number {
  const seenAt = meta.world.graph.signs[psid]?.seenAt ?? 0;
  const answeredAt = messages.findLast(({ from }) => from !== "person" && from !== "leadgen")?.at ?? 0;
  return messages.filter(({ from, at }) => from === "person" && at > Math.max(seenAt, answeredAt)).length;
}

function messageList(call: Call, page: Page, thread: Thread, { args, children }: Omit<Field, "name">) {
  const inside: Call = { ...call, object: conversationId(thread), edge: "messages", params: { ...args } };
  if (children !== null) inside.params.fields = children.map(spell).join(",");
  const { data, paging } = paged(inside, listedMessages(thread), ({ mid }) => mid);
  const rows = data.map((message) => viewMessage(call, page, thread, message, children));
  return { data: rows, ...(paging === undefined ? {} : { paging }) };
}

function spell({ name, args, children }: Field): string {
  const given = Object.entries(args).map(([key, value]) => `.${key}(${value})`);
  return `${name}${given.join("")}${children === null ? "" : `{${children.map(spell).join(",")}}`}`;
}

function oneThread(call: Call): Reply {
  const page = callingPage(call);
  allow(call, page);
  const thread = call.meta.world.threads[call.object.slice(3)];
  if (thread === undefined || thread.pageId !== page.id || thread.lastUserActionAt === null) {
    throw refusals.notFound(call.object);
  }
  if (call.edge === null)
    return { json: viewThread(call, page, thread, fieldsOf(call.params, "id,link,updated_time")) };
  if (call.edge !== "messages") throw refusals.unknownField(call.edge);
  const { limit, after } = call.params;
  const args = {
    ...(limit === undefined ? {} : { limit: String(limit) }),
    ...(typeof after === "string" ? { after } : {}),
  };
  const children = fieldsOf(call.params, "id,created_time");
  return { json: messageList(call, page, thread, { args, children }) };
}

function oneMessage(call: Call): Reply {
  const page = callingPage(call);
  allow(call, page);
  for (const thread of Object.values(call.meta.world.threads)) {
    if (thread.pageId !== page.id) continue;
    const message = listedMessages(thread).find(({ mid }) => mid === call.object);
    if (message === undefined) continue;
    refuseOld(thread, message);
    const fields = fieldsOf(call.params, "id,created_time");
    return { json: viewMessage(call, page, thread, message, fields) };
  }
  throw refusals.notFound(call.object);
}
