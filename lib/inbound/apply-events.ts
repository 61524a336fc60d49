import "server-only";
import { prisma, type Tx } from "#lib/db.ts";
import { recordInstantLead } from "#lib/leads/record-instant-lead.ts";
import { recordLabel } from "#lib/leads/record-label.ts";
import { recordSignals } from "#lib/leads/record-signals.ts";
import { refoldThread } from "#lib/leads/refold-thread.ts";
import { refreshLeads } from "#lib/leads/refresh-leads.ts";
import type {
  Handover,
  KnownEvent,
  LeadOutcome,
  LeadReferral,
  LeadSummary,
  MessageEdit,
  MessageReceived,
} from "#lib/messenger/meta-event.ts";
import { recordPolicy } from "#lib/pages/record-policy.ts";
import { recordRoles } from "#lib/pages/record-roles.ts";
import { recordTest } from "#lib/pages/record-test.ts";
import { extendThread } from "#lib/threads/extend-thread.ts";
import { lockThread } from "#lib/threads/lock-thread.ts";
import type { NoticeEvent } from "#lib/threads/notice.ts";
import { recordConversation } from "#lib/threads/record-conversation.ts";
import { recordEcho } from "#lib/threads/record-echo.ts";
import { recordEdit } from "#lib/threads/record-edit.ts";
import { recordHistoryMessage } from "#lib/threads/record-history-message.ts";
import { recordMessages } from "#lib/threads/record-messages.ts";
import { recordNotice } from "#lib/threads/record-notice.ts";
import { recordPostback } from "#lib/threads/record-postback.ts";
import { recordReaction } from "#lib/threads/record-reaction.ts";
import { recordReceipt } from "#lib/threads/record-receipt.ts";
import { recordThreadReferral } from "#lib/threads/record-thread-referral.ts";
import { settleByHistory } from "#lib/threads/settle-by-history.ts";
import { joinNews, type ThreadNews } from "#lib/threads/thread-news.ts";
import { handoverFact, standbyFacts } from "#lib/threads/told-facts.ts";
import { claimEvents } from "./claim-events.ts";
import type { EventFate } from "./event-fate.ts";
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
    const fresh = events.filter((event, i): event is KnownEvent => fates[i] === "applied" && event.kind !== "unknown");
    if (psid === null) return { fates, leadIds: await recordForPage(tx, fresh.filter(isOfPage), source.receivedAt) };
    const told = fresh.filter(isOfPerson);
    if (told.length === 0) return { fates, leadIds: [] };

    const thread = { pageId, psid };
    await lockThread(tx, thread);
    const messages = told.filter(isMessage);
    const news = [
      ...(await recordSignals(tx, told.flatMap(asLeadEvent), source.receivedAt)),
      ...(await recordMessages(tx, thread, messages, source.receivedAt)),
    ];
    for (const event of told) {
      news.push(await record(tx, event, source.receivedAt), { facts: standbyFacts(event) });
    }
    // Once for the whole run: folding is over everything that is known by now.
    await extendThread(tx, thread, joinNews(news), source.receivedAt);
    if (told.some(({ channel }) => channel === "history")) await settleByHistory(tx, thread);
    // Receipts say nothing about leads.
    if (told.some(({ kind }) => kind !== "delivery" && kind !== "read")) await refoldThread(tx, thread, source);
    return { fates, leadIds: await refreshLeads(tx, thread) };
  });
}

const isOfPage = (event: KnownEvent): event is PageEvent => event.psid === null;
const isOfPerson = (event: KnownEvent): event is PersonEvent => event.psid !== null;

const isMessage = (event: PersonEvent): event is MessageReceived =>
  event.kind === "message" && event.channel !== "history";

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

function asLeadEvent(event: PersonEvent): (LeadReferral | LeadSummary | (Handover & { lead: LeadOutcome }))[] {
  if (event.kind === "lead_referral" || event.kind === "lead_summary") return [event];
  return event.kind === "handover" && event.lead !== null ? [{ ...event, lead: event.lead }] : [];
}

/** Writes what an event brings of its own, and returns what it says about the thread. Some were written together. */
async function record(tx: Tx, event: PersonEvent, receivedAt: Date): Promise<ThreadNews> {
  switch (event.kind) {
    case "lead_referral":
    case "lead_summary":
      return {};
    case "handover":
      return { facts: [handoverFact(event)] };
    case "message":
      return event.channel === "history" ? recordHistoryMessage(tx, event, receivedAt) : {};
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
    case "conversation":
    case "thread_owner":
      return recordConversation(tx, event);
    default:
      await recordBeside(tx, event, receivedAt);
      return {};
  }
}

/** What says nothing about the thread's clocks. */
async function recordBeside(tx: Tx, event: MessageEdit | NoticeEvent, receivedAt: Date): Promise<void> {
  switch (event.kind) {
    case "edit":
      return recordEdit(tx, event, receivedAt);
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
