"use server";

import { refresh } from "next/cache";
import { getTimeZone } from "next-intl/server";
import { z } from "zod";
import type { ReplayAnswer } from "#components/settings/replay-actions.ts";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { replayDelivery } from "#lib/inbound/replay-delivery.ts";
import { replayEvent } from "#lib/inbound/replay-event.ts";
import { replayRange } from "#lib/inbound/replay-range.ts";
import { stopReplay } from "#lib/inbound/stop-replay.ts";
import { instantOf } from "#lib/leads/zoned-time.ts";

// Each of these is a public endpoint: what arrives is a claim until its schema has read it.

const why = z.string().trim().min(3).max(300);
const id = z.uuid();
const day = z.iso.date();
const deliveryInput = z.strictObject({ id, why });
const eventInput = z.strictObject({ pageId: z.string().regex(/^\d{1,32}$/), key: z.string().min(1).max(240), why });
const rangeInput = z.strictObject({ from: day.nullable(), until: day.nullable(), why });

const failed: ReplayAnswer = { answer: "failed", total: 0 };

export async function applyEventAgain(input: unknown): Promise<ReplayAnswer> {
  const viewer = await requireViewer();
  const asked = eventInput.safeParse(input);
  if (!asked.success) return failed;
  const answer = await replayEvent(viewer, asked.data, asked.data.why);
  refresh();
  return { answer, total: 1 };
}

export async function readDeliveryAgain(input: unknown): Promise<ReplayAnswer> {
  const viewer = await requireViewer();
  const asked = deliveryInput.safeParse(input);
  if (!asked.success) return failed;
  const answer = await replayDelivery(viewer, asked.data.id, asked.data.why);
  refresh();
  return { answer, total: 1 };
}

/** Whole days by the viewer's clock; without both, everything. */
export async function readRangeAgain(input: unknown): Promise<ReplayAnswer> {
  const viewer = await requireViewer();
  const asked = rangeInput.safeParse(input);
  if (!asked.success) return failed;
  const { from, until } = asked.data;
  const timeZone = await getTimeZone();
  const range = {
    fromAt: from === null ? null : beginOf(from, 0, timeZone),
    untilAt: until === null ? null : beginOf(until, 1, timeZone),
  };
  const begun = await replayRange(viewer, range, asked.data.why);
  refresh();
  return { answer: begun.outcome, total: begun.outcome === "begun" ? begun.total : 0 };
}

export async function endReplay(input: unknown): Promise<ReplayAnswer> {
  const viewer = await requireViewer();
  const asked = id.safeParse(input);
  if (!asked.success) return failed;
  const isStopped = await stopReplay(viewer, asked.data);
  refresh();
  return { answer: isStopped ? "stopped" : "not-found", total: 0 };
}

function beginOf(date: string, days: number, timeZone: string): Date {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split("-").map(Number);
  const wall = { year, month, day: dayOfMonth + days, hour: 0, minute: 0, second: 0, millisecond: 0 };
  return instantOf(wall, timeZone);
}
