import { setPriority } from "node:os";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { faultName } from "#lib/fault-name.ts";
import { reconcileAfterStart } from "#lib/inbound/reconcile-after-start.ts";
import { log } from "#lib/log.ts";
import { listen } from "#lib/notify.ts";
import { type Work, work } from "#lib/wake-worker.ts";
import { applyEvents } from "./apply-events.ts";
import { applyWaiting } from "./apply-waiting-events.ts";
import { controlThreads } from "./control-threads.ts";
import { feedReplays } from "./feed-replay.ts";
import { fetchNamesOfAds } from "./fetch-ad-names.ts";
import { fetchInstantLeads } from "./fetch-instant-leads.ts";
import { fetchFiles } from "./fetch-media.ts";
import { fetchProfiles } from "./fetch-profiles.ts";
import { holdReplies } from "./hold-replies.ts";
import { lookAtSending } from "./look-at-sending.ts";
import { type RunningLoop, runLoop } from "./loop.ts";
import { readOldEvents } from "./read-again.ts";
import { readForms } from "./read-forms-again.ts";
import { reconcilePages } from "./reconcile-pages.ts";
import { refreshThreads } from "./refresh-threads.ts";
import { sendReplies } from "./send-replies.ts";
import { sendSenderActions } from "./send-sender-actions.ts";
import { settleLost } from "./settle-lost-replies.ts";
import { uploadFiles } from "./upload-files.ts";
import { watchPages } from "./watch-pages.ts";

/** The process that wakes by itself: it applies, sends and controls, and alone speaks to Meta. */

/** The longest call to Meta may end; whoever started us would insist soon after. */
const LEAVE_WITHIN_MS = 9_000;
const WORKER_NICENESS = 5;

// Where processors are short, agents' pages and Meta's deliveries go first.
setPriority(WORKER_NICENESS);
// The worker's statements may take longer than a page's, see lib/db.ts.
process.env.LEAD_INBOX_PROCESS = "worker";

log.info({ event: "worker.start", graph: env.META_GRAPH_URL, version: env.META_GRAPH_VERSION });

const loops: Record<Work, RunningLoop[]> = {
  // A delivery may bring new people.
  deliveries: [
    applyEvents,
    applyWaiting,
    feedReplays,
    readOldEvents,
    fetchProfiles,
    fetchInstantLeads,
    fetchNamesOfAds,
    fetchFiles,
  ].map(runLoop),
  replies: [lookAtSending, sendReplies, uploadFiles, settleLost, holdReplies, sendSenderActions].map(runLoop),
  control: [controlThreads].map(runLoop),
  pages: [watchPages, reconcilePages, refreshThreads, readForms].map(runLoop),
};

// Whoever has just started does not know what was missed before.
void reconcileAfterStart().catch((cause: unknown) => {
  log.error({ event: "reconcile.not-asked-for", cause: faultName(cause) });
});

const hints = listen("lead_inbox_work", (payload) => {
  const hint = work.safeParse(payload);
  if (hint.success) for (const loop of loops[hint.data]) loop.wake();
});

let isLeaving = false;
async function leave(signal: string): Promise<void> {
  if (isLeaving) return;
  isLeaving = true;
  log.info({ event: "worker.stop", signal });
  setTimeout(() => process.exit(1), LEAVE_WITHIN_MS).unref();
  await hints.stop();
  await Promise.all(
    Object.values(loops)
      .flat()
      .map((loop) => loop.stop()),
  );
  await prisma.$disconnect();
  process.exit(0);
}

for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void leave(signal));
