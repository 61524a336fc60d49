/** What single events say about their thread: who acted when, who answered when, who holds it. */
import { isLeadgen, isPageInbox } from "#lib/messenger/app-ids.ts";
import type { Echo, MessageReceived, Postback, Reaction, ThreadReferral } from "#lib/messenger/meta-event.ts";
import type { NewControlFact, ThreadNews } from "./thread-news.ts";

/** The reply of ours that a message of the page's side is. */
export type EchoedReply = { id: string; isAutomatic: boolean } | null;

export function messageNews({ at, adId }: MessageReceived): ThreadNews {
  return {
    lastAction: { at, opener: "message" },
    lastInboundAt: at,
    ...(adId === null ? {} : { firstAdMessageAt: at }),
  };
}

export function postbackNews({ at, adId }: Postback): ThreadNews {
  return {
    lastAction: { at, opener: "postback" },
    lastInboundAt: at,
    ...(adId === null ? {} : { firstAdMessageAt: at }),
  };
}

/** A link opens the window; a mere tap on an ad does not until they write. */
export function threadReferralNews({ isAd, at }: ThreadReferral): ThreadNews {
  return isAd ? {} : { lastAction: { at, opener: "link" } };
}

/** A reaction is an act of the person and opens the window; taking it back is none. */
export function reactionNews({ isRemoval, at }: Reaction): ThreadNews {
  return isRemoval ? {} : { lastAction: { at, opener: "reaction" } };
}

export function echoNews(event: Echo, reply: EchoedReply, ourAppId: string): ThreadNews {
  const { appId, at } = event;
  const isHuman = isPageInbox(appId) || (reply !== null && !reply.isAutomatic);
  return { lastOutboundAt: at, ...(isHuman ? { lastHumanReplyAt: at } : {}), facts: echoFacts(event, ourAppId) };
}

/** The history names no app, so it says nothing about who holds the thread. */
export function historyNews({ kind, at }: MessageReceived | Echo, reply: EchoedReply): ThreadNews {
  if (kind === "message") return { lastAction: { at, opener: "message" }, lastInboundAt: at };
  const isHuman = reply !== null && !reply.isAutomatic;
  return { lastOutboundAt: at, ...(isHuman ? { lastHumanReplyAt: at } : {}) };
}

/** What is written in the Page Inbox tells that the inbox holds the thread; what Leadgen writes, that its questions run. */
function echoFacts({ key, at, appId }: Echo, ourAppId: string): NewControlFact[] {
  if (appId === null) return [];
  const fact = { key, source: "echo", at, appId, isLeadHandover: false } as const;
  if (isLeadgen(appId)) return [{ ...fact, kind: "leadgen_asking" }];
  return isPageInbox(appId) || appId === ourAppId ? [{ ...fact, kind: "owner" }] : [];
}
