import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { listen } from "#lib/notify.ts";
import { applyEvents, applyLateEvents } from "./apply-events.ts";
import { controlThreads } from "./control-threads.ts";
import { fetchProfiles } from "./fetch-profiles.ts";
import { runLoop } from "./loop.ts";
import { sendReplies, settleLost } from "./send-replies.ts";

/** The process that wakes by itself: it applies, sends and controls, and alone speaks to Meta. */
const LEAVE_WITHIN_MS = 9_000;

// The worker's statements may take longer than a page's, see lib/db.ts.
process.env.LEAD_INBOX_PROCESS = "worker";

log.info({ event: "worker.start", graph: env.META_GRAPH_URL, version: env.META_GRAPH_VERSION });

const loops = {
  deliveries: [runLoop(applyEvents), runLoop(applyLateEvents)],
  replies: [runLoop(sendReplies), runLoop(settleLost)],
  control: [runLoop(controlThreads)],
  profiles: [runLoop(fetchProfiles)],
};

const hints = listen("lead_inbox_work", (payload) => {
  for (const [name, running] of Object.entries(loops)) if (name === payload) for (const loop of running) loop.wake();
  // Who applied a delivery may have met new people.
  if (payload === "deliveries") for (const loop of loops.profiles) loop.wake();
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
