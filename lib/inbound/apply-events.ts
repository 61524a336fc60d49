import "server-only";
import { prisma, type Tx } from "#lib/db.ts";
import { recordLabel } from "#lib/leads/record-label.ts";
import { recordSignal } from "#lib/leads/record-signal.ts";
import { refoldThread } from "#lib/leads/refold-thread.ts";
import { refreshLeads } from "#lib/leads/refresh-leads.ts";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import { lockThread } from "#lib/threads/lock-thread.ts";
import { recordEcho } from "#lib/threads/record-echo.ts";
import { recordEdit } from "#lib/threads/record-edit.ts";
import { recordHandover } from "#lib/threads/record-handover.ts";
import { recordMessage } from "#lib/threads/record-message.ts";
import { recordPostback } from "#lib/threads/record-postback.ts";
import { recordReaction } from "#lib/threads/record-reaction.ts";
import { recordReceipt } from "#lib/threads/record-receipt.ts";
import { recordStandby } from "#lib/threads/record-standby.ts";
import { recordThreadReferral } from "#lib/threads/record-thread-referral.ts";
import { refreshControl } from "#lib/threads/refresh-control.ts";
import { claimEvents, type EventFate } from "./claim-events.ts";
import type { EventRun } from "./event-runs.ts";
import type { Source } from "./source.ts";

type KnownEvent = Exclude<MetaEvent, { kind: "unknown" }>;

/**
 * Applies the events one delivery has for one thread, in one transaction with the insertion of their keys:
 * each exactly once, whatever Meta repeats. All of them or none. Returns their fates and the leads concerned.
 */
export async function applyEvents(run: EventRun, source: Source): Promise<{ fates: EventFate[]; leadIds: string[] }> {
  const { pageId, psid, events } = run;
  return prisma.$transaction(async (tx) => {
    const fates = await claimEvents(tx, pageId, events, source);
    const news = events.filter((event, i): event is KnownEvent => fates[i] === "applied" && event.kind !== "unknown");
    if (psid === null || news.length === 0) return { fates, leadIds: [] };

    const thread = { pageId, psid };
    await lockThread(tx, thread);
    for (const event of news) {
      await record(tx, event, source.receivedAt);
      if (event.channel === "standby") await recordStandby(tx, thread, event, source.receivedAt);
    }
    // Once for the whole run: folding is over everything that is known by now.
    await refreshControl(tx, thread);
    // Receipts say nothing about leads.
    if (news.some(({ kind }) => kind !== "delivery" && kind !== "read")) await refoldThread(tx, thread);
    return { fates, leadIds: await refreshLeads(tx, thread) };
  });
}

async function record(tx: Tx, event: KnownEvent, receivedAt: Date): Promise<void> {
  switch (event.kind) {
    case "lead_referral":
    case "lead_summary":
      return recordSignal(tx, event, receivedAt);
    case "handover":
      await recordHandover(tx, event, receivedAt);
      if (event.lead !== null) await recordSignal(tx, { ...event, lead: event.lead }, receivedAt);
      return;
    case "message":
      return recordMessage(tx, event, receivedAt);
    case "echo":
      return recordEcho(tx, event, receivedAt);
    case "postback":
      return recordPostback(tx, event, receivedAt);
    case "delivery":
    case "read":
      return recordReceipt(tx, event);
    case "thread_referral":
      return recordThreadReferral(tx, event);
    case "reaction":
      return recordReaction(tx, event);
    case "edit":
      return recordEdit(tx, event, receivedAt);
    case "label":
      return recordLabel(tx, event, receivedAt);
  }
}
