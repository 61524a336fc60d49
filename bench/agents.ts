import { Agent, get, type IncomingMessage } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { ADMIN } from "./installation.ts";

/** A signed-in person whose inbox is open: a live stream, and questions for what changed, as a browser asks them. */
export type OpenInbox = {
  /** How long each question for changed leads took, in milliseconds. */
  asked: number[];
  /** How long each question for the figures of the tabs took. */
  counted: number[];
  close(): void;
};

/** As the screens do, see components/inbox/use-live-leads.ts. */
const COUNT_EVERY_MS = 1_500;
const LEAST_GAP_MS = 50;
const MANY_REFS = 100;

export async function signIn(appUrl: string): Promise<string> {
  const response = await fetch(`${appUrl}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: appUrl },
    body: JSON.stringify(ADMIN),
  });
  if (!response.ok) throw new Error(`Signing in is answered ${response.status}.`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

/** A signed-in person's questions, over connections that stay open. */
type Asker = {
  ask(path: string): Promise<IncomingMessage>;
  /** The milliseconds until the whole answer was there. */
  take(path: string): Promise<number>;
  close(): void;
};

export function openAsker(appUrl: string, cookie: string): Asker {
  const agent = new Agent({ keepAlive: true, maxSockets: 6 });
  const ask = (path: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get(`${appUrl}${path}`, { agent, headers: { cookie } }, resolve).once("error", reject);
    });
  const take = async (path: string) => {
    const askedAt = performance.now();
    const answer = await ask(path);
    for await (const _ of answer);
    if (answer.statusCode !== 200) throw new Error(`${path.slice(0, 40)} is answered ${answer.statusCode}.`);
    return performance.now() - askedAt;
  };
  return { ask, take, close: () => agent.destroy() };
}

/** `onRefs` hears of each hint: the leads that changed, or null for "everything may have". */
export async function openInbox(
  appUrl: string,
  cookie: string,
  onRefs: (refs: readonly string[] | null) => void = () => undefined,
): Promise<OpenInbox> {
  const asker = openAsker(appUrl, cookie);
  let changed = new Set<string>();
  let isOver = false;
  let isCounting = false;
  let isAsking = false;
  const inbox: OpenInbox = {
    asked: [],
    counted: [],
    close: () => {
      isOver = true;
      asker.close();
    },
  };
  const follow = async () => {
    if (isAsking) return;
    isAsking = true;
    try {
      while (changed.size > 0 && !isOver) {
        const refs = [...changed];
        changed = new Set();
        const askedAt = performance.now();
        if (refs.length > MANY_REFS) inbox.asked.push(await asker.take("/leads"));
        else inbox.asked.push(await asker.take(`/api/leads/changed?refs=${refs.join(",")}`));
        const took = performance.now() - askedAt;
        await wait(Math.max(LEAST_GAP_MS - took, took));
      }
    } catch (error) {
      if (!isOver) throw error;
    } finally {
      isAsking = false;
    }
  };
  const count = async () => {
    if (isCounting) return;
    isCounting = true;
    await wait(COUNT_EVERY_MS);
    isCounting = false;
    if (isOver) return;
    try {
      inbox.counted.push(await asker.take("/api/leads/counts"));
    } catch (error) {
      if (!isOver) throw error;
    }
  };

  const stream = await asker.ask("/api/stream");
  if (stream.statusCode !== 200) throw new Error(`The live stream is answered ${stream.statusCode}.`);
  let rest = "";
  stream.setEncoding("utf8").on("data", (text: string) => {
    const messages = (rest + text).split("\n\n");
    rest = messages.pop() ?? "";
    for (const message of messages) {
      const event = /^event: (.*)$/m.exec(message)?.[1];
      const data = /^data: (.*)$/m.exec(message)?.[1];
      if (event !== "leads" || data === undefined) continue;
      const { refs }: { refs: string[] | null } = JSON.parse(data);
      onRefs(refs);
      for (const ref of refs ?? []) changed.add(ref);
      void follow();
      void count();
    }
  });
  stream.on("error", () => undefined);
  return inbox;
}
