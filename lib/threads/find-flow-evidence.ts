import "server-only";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { isLeadgen } from "#lib/messenger/app-ids.ts";
import { type Control, controlHistory } from "./control.ts";
import { readControlFact } from "./read-control-fact.ts";
import type { ThreadKey } from "./thread-key.ts";

/** What a thread saw around its question flows. */
export type FlowEvidence = {
  userMessages: { mid: string; at: Date; text: string | null }[];
  sendsAcceptedAt: Date[];
  /** When control went from the Leadgen app to somebody. */
  controlLeftLeadgenAt: { at: Date; byLeadHandover: boolean }[];
  controlHistory: Control[];
};

const NEWEST = 1_000;

/** Reads the messages, accepted sends and changes of control that tell how a question flow went. */
export async function findFlowEvidence(tx: Tx, key: ThreadKey): Promise<FlowEvidence> {
  const messages = await tx.message.findMany({
    where: { ...key, direction: "in" },
    select: { mid: true, sentAt: true, text: true },
    orderBy: [{ sentAt: "desc" }, { mid: "desc" }],
    take: NEWEST,
  });
  const ours = await tx.message.findMany({
    where: { ...key, direction: "out", OR: [{ appId: env.META_APP_ID }, { replyId: { not: null } }] },
    select: { sentAt: true },
    orderBy: [{ sentAt: "desc" }, { mid: "desc" }],
    take: NEWEST,
  });
  const rows = await tx.controlFact.findMany({ where: key });
  const history = controlHistory(rows.map(readControlFact), env.META_APP_ID);

  const told = rows
    .filter((row) => row.kind === "owner" && isLeadgen(row.fromAppId) && !isLeadgen(row.appId))
    .map((row) => ({ at: row.at, byLeadHandover: row.isLeadHandover }));
  const lead = new Set(rows.filter((row) => row.isLeadHandover).map((row) => row.at.getTime()));
  const seen = history.flatMap((step, index) =>
    history[index - 1]?.state === "leadgen" && step.since !== null && isHolder(step)
      ? [{ at: step.since, byLeadHandover: lead.has(step.since.getTime()) }]
      : [],
  );

  return {
    userMessages: messages.map(({ mid, sentAt, text }) => ({ mid, at: sentAt, text })),
    sendsAcceptedAt: ours.map(({ sentAt }) => sentAt),
    controlLeftLeadgenAt: [...told, ...seen],
    controlHistory: history,
  };
}

const isHolder = ({ state }: Control) => state === "ours" || state === "page_inbox" || state === "other_app";
