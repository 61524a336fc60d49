import "server-only";
import { prisma, type Tx } from "#lib/db.ts";
import { recordInstantLead } from "#lib/leads/record-instant-lead.ts";
import { recordLabel } from "#lib/leads/record-label.ts";
import { recordSignals } from "#lib/leads/record-signals.ts";
import { refoldThreads } from "#lib/leads/refold-threads.ts";
import { refreshLeads } from "#lib/leads/refresh-leads.ts";
import type { LeadEvent } from "#lib/leads/told-signals.ts";
import type {
  DeliveryReceipt,
  Echo,
  KnownEvent,
  MessageEdit,
  MessageReceived,
  ReadReceipt,
} from "#lib/messenger/meta-event.ts";
import { recordPolicy } from "#lib/pages/record-policy.ts";
import { recordRoles } from "#lib/pages/record-roles.ts";
import { recordTest } from "#lib/pages/record-test.ts";
import { extendThreads } from "#lib/threads/extend-threads.ts";
import { holdKnownThreads } from "#lib/threads/hold-known-threads.ts";
import { lockThreads } from "#lib/threads/lock-threads.ts";
import type { NoticeEvent } from "#lib/threads/notice.ts";
import { recordConversation } from "#lib/threads/record-conversation.ts";
import { recordEchoes } from "#lib/threads/record-echoes.ts";
import { recordEdit } from "#lib/threads/record-edit.ts";
import { recordHistoryMessage } from "#lib/threads/record-history-message.ts";
import { recordMessages } from "#lib/threads/record-messages.ts";
import { recordNotice } from "#lib/threads/record-notice.ts";
import { recordPostback } from "#lib/threads/record-postback.ts";
import { recordReaction } from "#lib/threads/record-reaction.ts";
import { recordReceipts } from "#lib/threads/record-receipts.ts";
import { recordThreadReferral } from "#lib/threads/record-thread-referral.ts";
import { settleByHistory } from "#lib/threads/settle-by-history.ts";
import type { ThreadNews } from "#lib/threads/thread-news.ts";
import { handoverFact, standbyFacts } from "#lib/threads/told-facts.ts";
import { claimEvents } from "./claim-events.ts";
import type { EventBatch } from "./event-batches.ts";
import { psidOf } from "./event-runs.ts";
import type { KeptEvent, Source } from "./source.ts";

type PageEvent = Extract<KnownEvent, { psid: null }> & Source;
type PersonEvent = Exclude<KnownEvent, { psid: null }> & Source;

/** `busy`: events of threads that somebody else holds at the moment; nothing was done about them. */
type Applied = { leadIds: string[]; busy: KeptEvent[] };

/**
 * Applies events of one page in one transaction with the insertion of their keys: each exactly once, whatever Meta
 * repeats. All of them or none, but for threads held by others. However many threads there are, it is a handful of
 * statements. What waits for others waits in one order: held threads for nobody, then keys, then new threads, then ads.
 */
export async function applyEvents({ pageId, events }: EventBatch): Promise<Applied> {
  return prisma.$transaction(async (tx) => {
    const busyPsids = await holdKnownThreads(tx, pageId, [...new Set(events.flatMap((event) => psidOf(event) ?? []))]);
    const isBusy = (event: KeptEvent) => busyPsids.has(psidOf(event) ?? "");
    const claimed = await claimEvents(
      tx,
      pageId,
      events.filter((event) => !isBusy(event)),
    );
    const fresh = claimed.filter(isKnown);
    const ofPage = await recordForPage(tx, fresh.filter(isOfPage));
    const ofPeople = await recordForPeople(tx, pageId, fresh.filter(isOfPerson));
    return { leadIds: [...ofPage, ...ofPeople], busy: events.filter(isBusy) };
  });
}

/** Each thread is folded once: over everything that is known by now. Returns the leads concerned. */
async function recordForPeople(tx: Tx, pageId: string, told: readonly PersonEvent[]): Promise<string[]> {
  if (told.length === 0) return [];
  const psids = [...new Set(told.map(({ psid }) => psid))];
  await lockThreads(tx, pageId, psids);
  const heard = [
    ...(await recordSignals(tx, pageId, told.flatMap(asLeadEvent))),
    ...(await recordMessages(tx, pageId, told.filter(isMessage))),
    ...(await recordEchoes(tx, pageId, told.filter(isEcho))),
    ...(await recordReceipts(tx, pageId, told.filter(isReceipt))),
  ];
  for (const event of told) {
    const { psid, receivedAt } = event;
    heard.push({ psid, receivedAt, news: await record(tx, event) });
    heard.push({ psid, receivedAt, news: { facts: standbyFacts(event) } });
  }
  await extendThreads(tx, pageId, heard, { isChecked: true });
  const reread = new Set(told.filter(({ channel }) => channel === "history").map(({ psid }) => psid));
  for (const psid of reread) await settleByHistory(tx, { pageId, psid });
  // Receipts say nothing about leads.
  const refolded = new Set(told.filter((event) => !isReceipt(event)).map(({ psid }) => psid));
  const replayed = new Set(told.filter(({ isReplay }) => isReplay === true).map(({ psid }) => psid));
  await refoldThreads(tx, pageId, [...refolded], replayed);
  return refreshLeads(tx, pageId, psids);
}

const isKnown = (event: KeptEvent): event is KnownEvent & Source => event.kind !== "unknown";
const isOfPage = (event: KnownEvent & Source): event is PageEvent => event.psid === null;
const isOfPerson = (event: KnownEvent & Source): event is PersonEvent => event.psid !== null;

const isMessage = (event: PersonEvent): event is MessageReceived & Source =>
  event.kind === "message" && event.channel !== "history";
const isEcho = (event: PersonEvent): event is Echo & Source => event.kind === "echo" && event.channel !== "history";
const isReceipt = (event: PersonEvent): event is (DeliveryReceipt | ReadReceipt) & Source =>
  event.kind === "delivery" || event.kind === "read";

/** What concerns no thread. Returns the leads that came of it. */
async function recordForPage(tx: Tx, events: readonly PageEvent[]): Promise<string[]> {
  const leadIds: string[] = [];
  for (const event of events) {
    switch (event.kind) {
      case "leadgen":
        leadIds.push(await recordInstantLead(tx, event, event.receivedAt));
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

function asLeadEvent(event: PersonEvent): (LeadEvent & Source)[] {
  if (event.kind === "lead_referral" || event.kind === "lead_summary") return [event];
  return event.kind === "handover" && event.lead !== null ? [{ ...event, lead: event.lead }] : [];
}

/** Writes what an event brings of its own, and returns what it says about the thread. Most were written together. */
async function record(tx: Tx, event: PersonEvent): Promise<ThreadNews> {
  switch (event.kind) {
    case "lead_referral":
    case "lead_summary":
    case "delivery":
    case "read":
      return {};
    case "handover":
      return { facts: [handoverFact(event)] };
    case "message":
    case "echo":
      return event.channel === "history" ? recordHistoryMessage(tx, event, event.receivedAt) : {};
    case "postback":
      return recordPostback(tx, event, event.receivedAt);
    case "thread_referral":
      return recordThreadReferral(tx, event);
    case "reaction":
      return recordReaction(tx, event);
    case "conversation":
    case "thread_owner":
      return recordConversation(tx, event);
    default:
      await recordBeside(tx, event, event.receivedAt);
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
