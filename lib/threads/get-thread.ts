import "server-only";
import { z } from "zod";
import { findAgentNames } from "#lib/agents/find-agent-names.ts";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { controlAt, controlHistory } from "./control.ts";
import { controlActionKinds } from "./control-actions.ts";
import { readControl } from "./read-control.ts";
import { readControlFact } from "./read-control-fact.ts";
import { readWindow } from "./read-window.ts";
import type { ThreadKey } from "./thread-key.ts";
import type { ThreadPage } from "./thread-page.ts";
import { lastPageSideId, toThreadMessages } from "./to-thread-messages.ts";

/** A screen shows this many of the newest messages. */
const NEWEST = 500;

const actionKind = z.enum(controlActionKinds);
const actionState = z.enum(["queued", "running", "done", "failed", "unknown"]);

/** A thread as a screen shows it; null when there is none. Who may see it was decided by the caller's query. */
export async function getThread({ pageId, psid }: ThreadKey): Promise<ThreadPage | null> {
  const [thread, page, messages, replies, edits, reactions, referrals, facts, actions] = await Promise.all([
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
    prisma.controlFact.findMany({ where: { pageId, psid } }),
    prisma.controlAction.findMany({
      where: { pageId, psid },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: 20,
    }),
  ]);
  if (thread === null) return null;

  const nameOf = await findAgentNames([...replies, ...actions].map(({ authorId }) => authorId));
  const hasHumanAgent = page?.hasHumanAgent ?? false;
  const shown = toThreadMessages({ messages, replies, edits, reactions, thread, nameOf, ourAppId: env.META_APP_ID });

  return {
    pageId,
    psid,
    messages: shown,
    control: controlAt(readControl(thread), new Date()),
    controlEvents: controlHistory(facts.map(readControlFact), env.META_APP_ID).flatMap(
      ({ since, state, appId, source }) =>
        since === null || source === null ? [] : [{ at: since, state, appId, source }],
    ),
    referrals,
    window: readWindow(thread, hasHumanAgent),
    hasHumanAgent,
    actions: actions.map((action) => ({
      id: action.id,
      kind: actionKind.parse(action.kind),
      state: actionState.parse(action.state),
      reason: action.stateReason,
      createdAt: action.createdAt,
      authorName: nameOf(action.authorId),
    })),
    lastPageSideMid: lastPageSideId(shown),
  };
}
