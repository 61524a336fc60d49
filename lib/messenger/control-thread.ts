import "server-only";
import { PAGE_INBOX_APP_ID } from "./app-ids.ts";
import { callGraph, type GraphFailure } from "./call-graph.ts";
import { successAnswer } from "./graph-reply.ts";

export type ControlCall = "take" | "pass_page_inbox" | "request" | "release";

export type ControlOutcome = { outcome: "done" } | GraphFailure;

const paths: Record<ControlCall, string> = {
  take: "take_thread_control",
  pass_page_inbox: "pass_thread_control",
  request: "request_thread_control",
  release: "release_thread_control",
};

/** Takes, passes, requests or releases control of a thread. https://developers.facebook.com/documentation/business-messaging/messenger-platform/conversation-routing */
export async function controlThread(
  call: ControlCall,
  thread: { pageId: string; psid: string },
  token: string,
): Promise<ControlOutcome> {
  const answer = await callGraph({
    kind: "control",
    method: "POST",
    path: `${thread.pageId}/${paths[call]}`,
    token,
    body: {
      recipient: { id: thread.psid },
      ...(call === "pass_page_inbox" ? { target_app_id: PAGE_INBOX_APP_ID } : {}),
    },
  });
  if (answer.outcome !== "ok") return answer;
  return successAnswer.safeParse(answer.data).success
    ? { outcome: "done" }
    : { outcome: "unclear", reason: "an answer without success" };
}
