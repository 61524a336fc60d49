import { Agent, request as plain } from "node:http";
import { request as secure } from "node:https";

/** One attempt to deliver. Meta waits five seconds for the answer and reads nothing but its status. */
const PATIENCE = 5000;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

export type PostAnswer = { status: number | null; why: string };

export function postOnce(address: string, body: string, headers: Record<string, string>): Promise<PostAnswer> {
  const url = new URL(address);
  return new Promise((resolve) => {
    const options = {
      method: "POST",
      timeout: PATIENCE,
      headers: {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "user-agent": "facebookexternalua",
        ...headers,
      },
    };
    const call = url.protocol === "https:" ? secure(url, options) : plain(url, { ...options, agent });
    const deadline = setTimeout(() => call.destroy(new Error("no answer in time")), PATIENCE);
    call.on("response", (response) => {
      response.resume();
      response.on("close", () => {
        clearTimeout(deadline);
        resolve({ status: response.statusCode ?? null, why: `status ${response.statusCode}` });
      });
    });
    call.on("error", (error) => {
      clearTimeout(deadline);
      resolve({ status: null, why: error.message });
    });
    call.end(body);
  });
}

export function closeConnections(): void {
  agent.destroy();
}
