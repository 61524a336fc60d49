"use server";

import { revalidatePath } from "next/cache";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { retryParkedEvents } from "#lib/inbound/retry-parked-events.ts";

/** Applies again what failed. The page it was pressed on shows what is left. */
export async function applyAgain(): Promise<void> {
  await retryParkedEvents(await requireViewer());
  revalidatePath("/settings/webhooks");
}
