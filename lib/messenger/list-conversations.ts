import "server-only";
import { z } from "zod";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import {
  claimField,
  dataOf,
  fullListOf,
  nextField,
  numberField,
  requiredId,
  textField,
  timeField,
} from "./graph-fields.ts";

export type Conversation = {
  id: string;
  updatedAt: Date | null;
  /** Whether our app has control; null without Conversation Routing. */
  isOwner: boolean | null;
  unreadCount: number | null;
  /** The page is one of them. */
  participants: { id: string; name: string | null; username: string | null }[];
};

export type ConversationQuery = {
  /** The path: for an Instagram account its Facebook page. */
  pageId: string;
  platform: "messenger" | "instagram";
  /** Only the thread with this person. */
  psid?: string;
  after?: string | null;
  limit?: number;
};

const participant = z.object({ id: requiredId, name: textField, username: textField });

const conversation = z
  .object({
    id: requiredId,
    updated_time: timeField,
    is_owner: claimField,
    unread_count: numberField,
    participants: dataOf(participant),
  })
  .transform(
    ({ id, updated_time, is_owner, unread_count, participants }): Conversation => ({
      id,
      updatedAt: updated_time,
      isOwner: is_owner,
      unreadCount: unread_count,
      participants,
    }),
  );

const answer = z
  .object({ data: fullListOf(conversation), paging: nextField })
  .transform(({ data, paging }) => ({ conversations: data, after: paging }));

/** A page's conversations, the newest first. Meta has no "since": who reads back stops where it has been before. */
export function listConversations(
  { pageId, platform, psid, after = null, limit = 25 }: ConversationQuery,
  token: string,
): Promise<GraphAnswer<{ conversations: Conversation[]; after: string | null }>> {
  return askGraph(
    {
      kind: "read",
      method: "GET",
      path: `${pageId}/conversations`,
      token,
      query: {
        platform,
        // Asked for by name, is_owner comes; it needs routing, and where there is none Meta leaves it out.
        fields: "id,updated_time,unread_count,is_owner,participants",
        limit: String(limit),
        ...(psid === undefined ? {} : { user_id: psid }),
        ...(after === null ? {} : { after }),
      },
    },
    answer,
  );
}
