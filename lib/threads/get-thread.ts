import "server-only";
import { z } from "zod";
import { findAgentNames } from "#lib/agents/find-agent-names.ts";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { controlAt } from "./control.ts";
import { controlActionKinds } from "./control-actions.ts";
import { controlEvents } from "./control-history.ts";
import { findKeptFiles } from "./find-kept-files.ts";
import { getControlTerms } from "./get-control-terms.ts";
import { getReplyCase } from "./get-reply-case.ts";
import { readNotice } from "./notice.ts";
import { readControl } from "./read-control.ts";
import { readControlFact } from "./read-control-fact.ts";
import type { ThreadKey } from "./thread-key.ts";
import type { ThreadPage } from "./thread-page.ts";
import { lastPageSideId, toThreadMessages } from "./to-thread-messages.ts";

/** A screen shows this many of the newest messages. */
const NEWEST = 500;

const actionKind = z.enum(controlActionKinds);
const actionState = z.enum(["queued", "running", "done", "failed", "unknown"]);

/** A thread as a screen shows it; null when there is none. Who may see it was decided by the caller's query. */
export async function getThread({ pageId, psid }: ThreadKey): Promise<ThreadPage | null> {
  const [thread, page, messages, replies, edits, reactions, referrals, notices, facts, actions] = await Promise.all([
    prisma.thread.findUnique({ where: { pageId_psid: { pageId, psid } } }),
    prisma.page.findUnique({ where: { id: pageId }, select: { hasHumanAgent: true } }),
    prisma.message.findMany({ where: { pageId, psid }, orderBy: [{ sentAt: "desc" }, { mid: "desc" }], take: NEWEST }),
    prisma.reply.findMany({ where: { pageId, psid }, orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: NEWEST }),
    prisma.messageEdit.findMany({ where: { pageId, psid }, select: { mid: true, number: true, text: true } }),
    prisma.reaction.findMany({ where: { pageId, psid }, select: { mid: true, emoji: true } }),
    prisma.referral.findMany({
      where: { pageId, psid },
      select: { key: true, at: true, ref: true, adId: true },
      orderBy: [{ at: "desc" }, { key: "desc" }],
      take: NEWEST,
    }),
    prisma.threadNotice.findMany({
      where: { pageId, psid },
      select: { key: true, kind: true, at: true, data: true },
      orderBy: [{ at: "desc" }, { key: "desc" }],
      take: NEWEST,
    }),
    prisma.controlFact.findMany({ where: { pageId, psid } }),
    prisma.controlAction.findMany({
      where: { pageId, psid },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: 20,
    }),
  ]);
  if (thread === null) return null;

  const nameOf = await findAgentNames([...replies, ...actions].flatMap(({ authorId }) => authorId ?? []));
  const files = await prisma.media.findMany({
    where: { pageId, id: { in: replies.flatMap(({ mediaId }) => mediaId ?? []) } },
    select: { id: true, contentType: true, fileName: true },
  });
  const kept = await findKeptFiles(pageId, messages);
  const place = await getReplyCase(prisma, { pageId, psid });
  if (place === null) return null;
  const hasHumanAgent = page?.hasHumanAgent ?? false;
  const shown = toThreadMessages({
    pageId,
    messages,
    replies,
    files,
    kept,
    edits,
    reactions,
    thread,
    nameOf,
    ourAppId: env.META_APP_ID,
    now: await databaseNow(prisma),
  });
  const now = new Date();
  const told = readControl(thread);
  const control = controlAt(told, now);
  const asked = actions.map((action) => ({
    id: action.id,
    kind: actionKind.parse(action.kind),
    state: actionState.parse(action.state),
    reason: action.stateReason,
    createdAt: action.createdAt,
    settledAt: action.settledAt,
    authorName: nameOf(action.authorId),
  }));

  return {
    pageId,
    psid,
    messages: shown,
    control,
    controlTerms: await getControlTerms(prisma, { pageId, psid }, control.since),
    controlEvents: controlEvents({
      facts: facts.map(readControlFact),
      actions: asked,
      control: told,
      ourAppId: env.META_APP_ID,
      now,
    }),
    referrals,
    notices: notices.map(readNotice).filter((notice) => notice !== null),
    window: place.window,
    platform: place.platform,
    troubles: place.troubles,
    person: place.person,
    hasHumanAgent,
    actions: asked,
    lastPageSideMid: lastPageSideId(shown),
  };
}
