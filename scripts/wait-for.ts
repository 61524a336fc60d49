import { setTimeout as wait } from "node:timers/promises";

/** Asks an address until it answers with success; false once `isOver` says so or the time is up. */
export async function waitForAnswer(
  url: string,
  isOver: () => boolean = () => false,
  patienceMs = 60_000,
): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (!isOver() && Date.now() < deadline) {
    try {
      const answer = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(10_000) });
      await answer.body?.cancel();
      if (answer.status < 500) return true;
    } catch {
      // Not there yet.
    }
    await wait(100);
  }
  return false;
}
