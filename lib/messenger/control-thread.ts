import "server-only";
import { INSTAGRAM_INBOX_APP_ID, PAGE_INBOX_APP_ID } from "./app-ids.ts";
import { askGraph } from "./ask-graph.ts";
import type { GraphFailure } from "./call-graph.ts";
import { successAnswer } from "./graph-reply.ts";
import type { GraphUsage } from "./graph-usage.ts";

export type ControlCall = "take" | "pass_page_inbox" | "request" | "release";

/** `pass_default` gives the thread to the page's default app, `extend` keeps it for so long from now, a week at most. */
export type ControlWish =
  | ControlCall
  | "pass_default"
  | { kind: "pass_app"; targetAppId: string }
  | { kind: "extend"; seconds: number };

/** `pageId` is the path: for an Instagram account its Facebook page. */
export type ControlledThread = { pageId: string; psid: string; platform?: "messenger" | "instagram" };

export type ControlOutcome = { outcome: "done"; usage?: GraphUsage | null } | GraphFailure;

const MAX_EXTENSION_SECONDS = 604_800;

/** Takes, passes, asks for, keeps or releases control of a thread. https://developers.facebook.com/documentation/business-messaging/messenger-platform/conversation-routing */
export async function controlThread(
  wish: ControlWish,
  thread: ControlledThread,
  token: string,
): Promise<ControlOutcome> {
  const { edge, ...more } = callFor(wish, thread);
  const answer = await askGraph(
    {
      kind: "control",
      method: "POST",
      path: `${thread.pageId}/${edge}_thread_control`,
      token,
      body: { recipient: { id: thread.psid }, ...more },
    },
    successAnswer,
  );
  return answer.outcome === "ok" ? { outcome: "done", usage: answer.usage } : answer;
}

function callFor(wish: ControlWish, { platform }: ControlledThread): { edge: string } & Record<string, unknown> {
  if (typeof wish === "object") {
    return wish.kind === "pass_app"
      ? { edge: "pass", target_app_id: wish.targetAppId }
      : { edge: "extend", duration: Math.min(Math.floor(wish.seconds), MAX_EXTENSION_SECONDS) };
  }
  switch (wish) {
    case "pass_page_inbox":
      return { edge: "pass", target_app_id: platform === "instagram" ? INSTAGRAM_INBOX_APP_ID : PAGE_INBOX_APP_ID };
    case "pass_default":
      return { edge: "pass" };
    case "take":
    case "request":
    case "release":
      return { edge: wish };
  }
}
