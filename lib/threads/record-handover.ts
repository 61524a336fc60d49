import "server-only";
import type { Tx } from "#lib/db.ts";
import type { Handover } from "#lib/messenger/meta-event.ts";
import { recordControlFact } from "./record-control-fact.ts";

/** Writes that control was passed, taken or asked for. A request is only a wish: the owner stays until somebody passes. */
export async function recordHandover(tx: Tx, event: Handover, receivedAt: Date): Promise<void> {
  await recordControlFact(
    tx,
    { pageId: event.pageId, psid: event.psid },
    {
      key: event.key,
      kind: event.op === "request" ? "requested" : "owner",
      source: "handover",
      appId: event.to,
      fromAppId: event.from,
      at: event.at,
      isLeadHandover: event.lead !== null,
    },
    receivedAt,
  );
}
