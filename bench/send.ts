import { Agent, request } from "node:http";
import { signature } from "./bodies.ts";

/** HTTP as Meta and people speak it, over connections that stay open. */
export type Sender = {
  /** The status, or 0 when no answer came. */
  deliver(body: Buffer): Promise<number>;
  /** The same, with a signature that is not Meta's. */
  knock(body: Buffer): Promise<number>;
  get(path: string): Promise<number>;
  close(): void;
};

const PATIENCE_MS = 15_000;

export function openSender(appUrl: string, connections: number): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const ask = (path: string, headers: Record<string, string | number>, body?: Buffer) =>
    new Promise<number>((resolve) => {
      const method = body === undefined ? "GET" : "POST";
      const asked = request(new URL(path, appUrl), { agent, method, headers, timeout: PATIENCE_MS }, (response) => {
        response.resume();
        response.once("end", () => resolve(response.statusCode ?? 0));
        response.once("close", () => resolve(0));
        response.once("error", () => resolve(0));
      });
      asked.once("timeout", () => asked.destroy());
      asked.once("error", () => resolve(0));
      asked.end(body);
    });
  const post = (body: Buffer, proof: string) => {
    const headers = { "content-type": "application/json", "x-hub-signature-256": proof };
    return ask("/api/messenger/webhook", { ...headers, "content-length": body.length }, body);
  };
  return {
    deliver: (body) => post(body, signature(body)),
    knock: (body) => post(body, `sha256=${"0".repeat(64)}`),
    get: (path) => ask(path, {}),
    close: () => agent.destroy(),
  };
}

/** Does all of the work, so many at once. */
export async function atOnce<T>(
  lanes: number,
  work: readonly T[],
  step: (one: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < work.length) {
      const index = next;
      next += 1;
      const one = work[index];
      if (one !== undefined) await step(one, index);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
