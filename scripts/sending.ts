import { Refusal } from "./refusal.ts";
import { runCommand } from "./run-command.ts";
import { withInstallation } from "./with-installation.ts";

const USAGE = `npm run sending -- status     whether replies leave
npm run sending -- pause      nothing leaves any more
npm run sending -- restored   the database came back from a backup: nothing leaves, and what was queued is not sent again
npm run sending -- resume     replies leave again`;

const acts = { status, pause, restored, resume };

/** For operators: says whether anything leaves, and stops or resumes it. */
await runCommand(async (group) => {
  const name = process.argv[2] ?? "";
  const act = Object.entries(acts).find(([known]) => known === name)?.[1];
  if (act === undefined) throw new Refusal(USAGE);
  await withInstallation(group, "npm run sending", async () => {
    const { lookAtSending } = await import("#lib/threads/look-at-sending.ts");
    const signs = await lookAtSending(dataDir(), { isThorough: true });
    if (signs.length > 0) console.log(`The database looks restored (${signs.join(", ")}).`);
    await act();
  });
  return 0;
});

async function status(): Promise<void> {
  const { prisma } = await import("#lib/db.ts");
  const { pausedAt, pausedWhy } = await prisma.sending.findUniqueOrThrow({ where: { id: 1 } });
  const [waiting, held] = await Promise.all([
    prisma.reply.count({ where: { state: "queued" } }),
    prisma.reply.count({ where: { state: "unknown", stateReason: "before_restore" } }),
  ]);
  const since = pausedAt?.toISOString();
  const why = pausedWhy === "restored" ? ", because the database was restored from a backup" : "";
  console.log(since === undefined ? "Replies leave." : `Sending is paused since ${since}${why}.`);
  console.log(`${waiting} waiting, ${held} from before a restore left to people.`);
}

async function pause(): Promise<void> {
  const { pauseSending } = await import("#lib/threads/pause-sending.ts");
  await pauseSending(null);
  console.log("Nothing leaves until npm run sending -- resume, or Resume in the inbox.");
}

async function restored(): Promise<void> {
  const { lookAtSending } = await import("#lib/threads/look-at-sending.ts");
  await lookAtSending(dataDir(), { isSaid: true });
  console.log("Nothing leaves until npm run sending -- resume, and what was queued before does not leave even then.");
}

async function resume(): Promise<void> {
  const { resumeSending } = await import("#lib/threads/resume-sending.ts");
  const outcome = await resumeSending(null);
  console.log(outcome === "resumed" ? "Replies leave again." : "Sending was not paused.");
}

function dataDir(): string {
  return process.env.DATA_DIR ?? ".data/main";
}
