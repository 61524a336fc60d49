/** A thread as a screen shows it: messages and our replies in one line, who holds control, what may be written. */
import type { Control } from "./control.ts";
import type { ControlActionKind, ControlTerms } from "./control-actions.ts";
import type { ControlEvent } from "./control-history.ts";
import type { ThreadNoticeLine } from "./notice.ts";
import type { ReplyState } from "./reply.ts";
import type { ReplyPlace } from "./reply-policy.ts";
import type { Window } from "./window.ts";

/** page: the page's side, and Meta names nobody: its history tells no app. */
export type ThreadMessageFrom = "person" | "agent" | "page_inbox" | "leadgen" | "other_app" | "page";

export type ThreadAttachment = {
  type: string;
  url: string | null;
  title: string | null;
  /** A file we keep, served by us. */
  file?: { href: string; contentType: string | null } | undefined;
  /** What became of a file Meta holds. */
  fileState?: "waiting" | "kept" | "failed" | "gone" | undefined;
  /** Cards: what their buttons say. */
  buttons?: string[] | undefined;
  /** Where a place is, as "latitude, longitude". */
  place?: string | undefined;
  appointment?: { status: string | null; startsAt: string | null; endsAt: string | null } | undefined;
};

export type ThreadMessage = {
  /** Meta's mid, or `reply:` and the reply's id while Meta has given none. */
  id: string;
  from: ThreadMessageFrom;
  authorName: string | null;
  text: string | null;
  attachments: ThreadAttachment[];
  kind: "message" | "postback";
  at: Date;
  isDeleted: boolean;
  isUnsupported: boolean;
  /** The person chose one of the answers offered instead of writing. */
  isQuickReply?: boolean;
  /** Earlier texts of a message that was changed, oldest first; `text` is the last. */
  earlierTexts: string[];
  /** The person's reaction, as an emoji. */
  reaction: string | null;
  /** What we reacted with. */
  ourReaction?: string | null;
  replyToId: string | null;
  reply: {
    id: string;
    /** Taking back is for the author alone. Null: sent by automation. */
    authorId: string | null;
    /** One press; a long text and its files are several messages of it. */
    intentId: string;
    part: number;
    state: ReplyState;
    reason: string | null;
    /** How long until it may leave, when this was read: the browser's clock may be wrong. */
    leavesInMs: number;
    errorCode: number | null;
    errorSubcode: number | null;
  } | null;
  receipt: "sent" | "delivered" | "read" | null;
};

export type ControlActionState = "queued" | "running" | "done" | "failed" | "unknown";

export type ThreadPage = {
  pageId: string;
  psid: string;
  messages: ThreadMessage[];
  control: Control;
  /** Which actions can work here, beside who has control. */
  controlTerms: ControlTerms;
  controlEvents: ControlEvent[];
  /** What the person did besides writing. */
  notices: ThreadNoticeLine[];
  /** How the person came, or came back, into the thread: by a link or an ad. */
  referrals: { key: string; at: Date; ref: string | null; adId: string | null }[];
  window: Window;
  platform: ReplyPlace["platform"];
  troubles: ReplyPlace["troubles"];
  person: ReplyPlace["person"];
  hasHumanAgent: boolean;
  actions: {
    id: string;
    kind: ControlActionKind;
    state: ControlActionState;
    reason: string | null;
    createdAt: Date;
    settledAt: Date | null;
    authorName: string | null;
  }[];
  /** The newest message the page's side wrote: a reply names it, so that a colleague's answer is noticed. */
  lastPageSideMid: string | null;
};
