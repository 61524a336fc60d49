import { setTimeout as wait } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { openInbox, signIn } from "./agents.ts";

/**
 * Ten agents at work, in a thread of their own so that whoever times deliveries beside them is not kept waiting: each
 * has the inbox open, follows what changes, and goes from page to page. Told to stop, it tells how long each page took.
 */
const AGENTS = 10;
/** Between two pages an agent opens: the inbox, a lead, the inbox … */
const PAGE_EVERY_MS = 5_000;

const { appUrl, refs } = z.object({ appUrl: z.string(), refs: z.array(z.string()) }).parse(workerData);
const times: number[] = [];
const stop = new AbortController();
const { signal } = stop;

parentPort?.once("message", () => {
  stop.abort();
  parentPort?.postMessage(times);
  parentPort?.close();
});

for (let agent = 0; agent < AGENTS; agent += 1) {
  const cookie = await signIn(appUrl);
  const inbox = await openInbox(appUrl, cookie);
  signal.addEventListener("abort", () => inbox.close());
  browse(cookie, agent).catch((cause: unknown) => {
    if (!signal.aborted) throw cause;
  });
}
parentPort?.postMessage("open");

async function browse(cookie: string, agent: number): Promise<void> {
  for (let page = agent; !signal.aborted; page += 1) {
    await wait(PAGE_EVERY_MS + (agent - AGENTS / 2) * 100, undefined, { signal });
    const path = page % 2 === 0 ? "/leads" : `/leads/${refs[page % refs.length] ?? ""}`;
    const askedAt = performance.now();
    const response = await fetch(`${appUrl}${path}`, { headers: { cookie }, signal });
    await response.text();
    if (!response.ok) throw new Error(`${path} is answered ${response.status}.`);
    times.push(performance.now() - askedAt);
  }
}
