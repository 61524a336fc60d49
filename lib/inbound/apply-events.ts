import "server-only";
import { prisma, type Tx } from "#lib/db.ts";
import { recordInstantLead } from "#lib/leads/record-instant-lead.ts";
import { recordLabel } from "#lib/leads/record-label.ts";
import { recordSignal } from "#lib/leads/record-signal.ts";
import { refoldThread } from "#lib/leads/refold-thread.ts";
import { refreshLeads } from "#lib/leads/refresh-leads.ts";
import type { KnownEvent } from "#lib/messenger/meta-event.ts";
import { recordPolicy } from "#lib/pages/record-policy.ts";
import { recordRoles } from "#lib/pages/record-roles.ts";
import { recordTest } from "#lib/pages/record-test.ts";
import { lockThread } from "#lib/threads/lock-thread.ts";
import { recordConversation } from "#lib/threads/record-conversation.ts";
import { recordEcho } from "#lib/threads/record-echo.ts";
import { recordEdit } from "#lib/threads/record-edit.ts";
import { recordHandover } from "#lib/threads/record-handover.ts";
import { recordHistoryMessage } from "#lib/threads/record-history-message.ts";
import { recordMessage } from "#lib/threads/record-message.ts";
import { recordNotice } from "#lib/threads/record-notice.ts";
import { recordPostback } from "#lib/threads/record-postback.ts";
import { recordReaction } from "#lib/threads/record-reaction.ts";
import { recordReceipt } from "#lib/threads/record-receipt.ts";
import { recordStandby } from "#lib/threads/record-standby.ts";
import { recordThreadReferral } from "#lib/threads/record-thread-referral.ts";
import { refreshControl } from "#lib/threads/refresh-control.ts";
import { settleByHistory } from "#lib/threads/settle-by-history.ts";
import { claimEvents, type EventFate } from "./claim-events.ts";
import type { EventRun } from "./event-runs.ts";
import type { Source } from "./source.ts";

type PageEvent = Extract<KnownEvent, { psid: null }>;
type PersonEvent = Exclude<KnownEvent, { psid: null }>;

/**
 * Applies the events one delivery has for one thread, or for its page as a whole, in one transaction with the
 * insertion of their keys: each exactly once, whatever Meta repeats. All of them or none. Returns their fates and the leads concerned.
 */
export async function applyEvents(run: EventRun, source: Source): Promise<{ fates: EventFate[]; leadIds: string[] }> {
  const { pageId, psid, events } = run;
  return prisma.$transaction(async (tx) => {
    const fates = await claimEvents(tx, pageId, events, source);
    const news = events.filter((event, i): event is KnownEvent => fates[i] === "applied" && event.kind !== "unknown");
    if (psid === null) return { fates, leadIds: await recordForPage(tx, news.filter(isOfPage), source.receivedAt) };
    const told = news.filter(isOfPerson);
    if (told.length === 0) return { fates, leadIds: [] };

    const thread = { pageId, psid };
    await lockThread(tx, thread);
    for (const event of told) {
      await record(tx, event, source.receivedAt);
      if (event.channel === "standby") await recordStandby(tx, thread, event, source.receivedAt);
    }
    if (told.some(({ channel }) => channel === "history")) await settleByHistory(tx, thread);
    // Once for the whole run: folding is over everything that is known by now.
    await refreshControl(tx, thread);
    // Receipts say nothing about leads.
    if (told.some(({ kind }) => kind !== "delivery" && kind !== "read")) await refoldThread(tx, thread);
    return { fates, leadIds: await refreshLeads(tx, thread) };
  });
}

const isOfPage = (event: KnownEvent): event is PageEvent => event.psid === null;
const isOfPerson = (event: KnownEvent): event is PersonEvent => event.psid !== null;

/** What concerns no thread. Returns the leads that came of it. */
async function recordForPage(tx: Tx, events: readonly PageEvent[], receivedAt: Date): Promise<string[]> {
  const leadIds: string[] = [];
  for (const event of events) {
    switch (event.kind) {
      case "leadgen":
        leadIds.push(await recordInstantLead(tx, event, receivedAt));
        break;
      case "policy":
        await recordPolicy(tx, event);
        break;
      case "app_roles":
        await recordRoles(tx, event);
        break;
      case "test":
        await recordTest(tx, event);
        break;
    }
  }
  return leadIds;
}

async function record(tx: Tx, event: PersonEvent, receivedAt: Date): Promise<void> {
  switch (event.kind) {
    case "lead_referral":
    case "lead_summary":
      return recordSignal(tx, event, receivedAt);
    case "handover":
      await recordHandover(tx, event, receivedAt);
      if (event.lead !== null) await recordSignal(tx, { ...event, lead: event.lead }, receivedAt);
      return;
    case "message":
      if (event.channel === "history") return recordHistoryMessage(tx, event, receivedAt);
      return recordMessage(tx, event, receivedAt);
    case "echo":
      if (event.channel === "history") return recordHistoryMessage(tx, event, receivedAt);
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
    case "conversation":
    case "thread_owner":
      return recordConversation(tx, event, receivedAt);
    case "label":
      await recordLabel(tx, event, receivedAt);
      // Found on the person afterwards: nobody saw it being put on.
      if (event.channel === "history") return;
      return recordNotice(tx, event, receivedAt);
    case "optin":
    case "feedback":
    case "response_feedback":
    case "account_linking":
    case "form":
    case "order":
      return recordNotice(tx, event, receivedAt);
  }
}
