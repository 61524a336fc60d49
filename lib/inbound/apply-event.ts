import "server-only";
import { prisma, type Tx } from "#lib/db.ts";
import { recordLabel } from "#lib/leads/record-label.ts";
import { recordSignal } from "#lib/leads/record-signal.ts";
import { refoldThread } from "#lib/leads/refold-thread.ts";
import { refreshLeads } from "#lib/leads/refresh-leads.ts";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import { lockThread } from "#lib/threads/lock-thread.ts";
import { recordEcho } from "#lib/threads/record-echo.ts";
import { recordHandover } from "#lib/threads/record-handover.ts";
import { recordMessage } from "#lib/threads/record-message.ts";
import { recordPostback } from "#lib/threads/record-postback.ts";
import { recordReceipt } from "#lib/threads/record-receipt.ts";
import { recordStandby } from "#lib/threads/record-standby.ts";
import { claimEvent } from "./claim-event.ts";
import type { Source } from "./source.ts";

export type ApplyOutcome = { outcome: "applied"; leadIds: string[] } | { outcome: "duplicate" | "ignored" | "waiting" };

type KnownEvent = Exclude<MetaEvent, { kind: "unknown" }>;

/** Applies one event, in one transaction with the insertion of its key: exactly once, whatever Meta repeats. */
export async function applyEvent(event: MetaEvent, source: Source): Promise<ApplyOutcome> {
  return prisma.$transaction(async (tx) => {
    const claim = await claimEvent(tx, event, source);
    if (claim !== "new" || event.kind === "unknown") return { outcome: claim === "new" ? "ignored" : claim };

    const thread = { pageId: event.pageId, psid: event.psid };
    await lockThread(tx, thread);
    await record(tx, event, source.receivedAt);
    if (event.channel === "standby") await recordStandby(tx, thread, event, source.receivedAt);
    if (event.kind !== "delivery" && event.kind !== "read") await refoldThread(tx, thread);
    return { outcome: "applied", leadIds: await refreshLeads(tx, thread) };
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
    case "label":
      return recordLabel(tx, event, receivedAt);
  }
}
