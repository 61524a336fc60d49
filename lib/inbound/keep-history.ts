import "server-only";
import { type History, historyBody } from "#lib/messenger/read-history.ts";
import { keepDelivery } from "./keep-delivery.ts";

/** Keeps what a conversation's history told us, like a delivery: it is applied from there, and can be again. */
export function keepHistory(
  history: Pick<History, "pageId" | "psid" | "platform" | "askedAt"> & Partial<History>,
): Promise<string> {
  const nothing = {
    conversationId: null,
    name: null,
    isOurs: null,
    isRead: true,
    messages: [],
    labels: null,
    owner: null,
  };
  return keepDelivery(historyBody({ ...nothing, ...history }), {}, "history");
}
