"use server";

import { refresh } from "next/cache";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { getSending } from "#lib/threads/get-sending.ts";
import { pauseSending } from "#lib/threads/pause-sending.ts";
import { resumeSending } from "#lib/threads/resume-sending.ts";
import type { SendingState } from "#lib/threads/sending.ts";

/** Whether replies leave, for the banner that looks from time to time. */
export async function loadSending(): Promise<SendingState> {
  return getSending(await requireViewer());
}

export async function pause(): Promise<Awaited<ReturnType<typeof pauseSending>>> {
  const outcome = await pauseSending(await requireViewer());
  refresh();
  return outcome;
}

export async function resume(): Promise<Awaited<ReturnType<typeof resumeSending>>> {
  const outcome = await resumeSending(await requireViewer());
  refresh();
  return outcome;
}
