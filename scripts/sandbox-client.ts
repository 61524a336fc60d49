import { Refusal } from "./refusal.ts";

/** Plays that many flows of all kinds, ended within the last hours, and waits until their events were delivered. */
export async function playLeads(sandboxUrl: string, count: number, hours: number): Promise<void> {
  const to = new Date();
  const from = new Date(to.getTime() - hours * 3_600_000);
  await ask(sandboxUrl, "/control/seed", { count, from, to, seed: `demo ${to.toISOString()}` });
  await ask(sandboxUrl, "/control/delivery/idle", { timeoutMs: 120_000 });
}

async function ask(sandboxUrl: string, path: string, body: unknown): Promise<void> {
  const answer = await fetch(new URL(path, sandboxUrl), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(180_000),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Refusal(`The sandbox answered ${answer.status} to ${path}: ${text.slice(0, 300)}`);
}
