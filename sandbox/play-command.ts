import { parseArgs } from "node:util";

/** `node sandbox/play-command.ts NAME --rate 20 --minutes 5`: lets people act in a running sandbox, until done or stopped. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rate: { type: "string" }, minutes: { type: "string" }, url: { type: "string" } },
});
const address = values.url ?? `http://127.0.0.1:${process.env.SANDBOX_PORT ?? "4010"}`;
const [first, ...rest] = positionals;
const name = first === "play" ? rest[0] : first;

type Playing = { id: number; name: string; done: number; total: number };
type Listed = { plays: { name: string; says: string; rate: number; minutes: number }[]; running: Playing[] };

async function ask<T>(path: string, body?: object): Promise<T> {
  const request = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(`${address}/control/${path}`, request);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

async function list(): Promise<void> {
  const { plays } = await ask<Listed>("plays");
  for (const { name: title, says, rate, minutes } of plays) {
    console.log(`${title.padEnd(18)} ${says} (${rate} a minute for ${minutes} minutes)`);
  }
}

async function play(title: string): Promise<void> {
  const number = (text: string | undefined) => (text === undefined ? {} : Number(text));
  const wanted = Object.fromEntries(
    Object.entries({ rate: number(values.rate), minutes: number(values.minutes) }).filter(
      ([, value]) => typeof value === "number",
    ),
  );
  const started = await ask<Playing>("play", { name: title, ...wanted });
  process.once("SIGINT", () => {
    ask("play", { stop: true }).finally(() => process.exit(130));
  });
  console.log(`${title}: ${started.total} beats against ${address}. Ctrl+C stops it.`);
  for (;;) {
    const { running } = await ask<Listed>("plays");
    if (!running.some(({ id }) => id === started.id)) break;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  console.log(`${title}: done.`);
}

try {
  if (name === undefined || name === "plays") await list();
  else await play(name);
} catch (error) {
  const cause = error instanceof Error ? error.message : String(error);
  console.error(cause === "fetch failed" ? `No sandbox answers at ${address}. Start one, or say SANDBOX_PORT.` : cause);
  process.exitCode = 1;
}
