"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import type { AutoReplyAnswer } from "#components/settings/auto-reply.tsx";
import { MAX_AUTO_REPLY } from "#lib/ads/auto-reply.ts";
import { setAutoReply } from "#lib/ads/set-auto-reply.ts";
import { requireViewer } from "#lib/agents/get-viewer.ts";

const metaId = z.string().regex(/^\d{1,32}$/);
const autoReplyInput = z.strictObject({
  pageId: metaId,
  adId: metaId,
  text: z.string().trim().max(MAX_AUTO_REPLY).nullable(),
});

/** A public endpoint: what arrives is a claim until its schema has read it. */
export async function saveAutoReply(input: unknown): Promise<AutoReplyAnswer> {
  const viewer = await requireViewer();
  const asked = autoReplyInput.safeParse(input);
  if (!asked.success) return "bad-request";
  const { text, ...ad } = asked.data;
  const outcome = await setAutoReply(ad, text, viewer);
  refresh();
  return outcome;
}
