/** For tests: the door behind a server, as server.ts puts it there, and requests as Meta makes them. */
import { createHmac } from "node:crypto";
import { once } from "node:events";
import {
  type Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string };
export type Door = {
  port: number;
  ask(
    method: string,
    path: string,
    given?: { headers?: Record<string, string>; body?: Body; agent?: Agent },
  ): Promise<Answer>;
  /** Signed, unless another signature or none is given. */
  post(
    body: Body,
    given?: { signature?: string | null; headers?: Record<string, string>; agent?: Agent },
  ): Promise<Answer>;
  close(): Promise<void>;
};
type Body = string | Uint8Array | Iterable<Uint8Array>;
type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const PATH = "/api/messenger/webhook";
/** As in prisma/test-database.ts. */
export const SECRET = "test-app-secret";

export function sign(body: Uint8Array | string, secret = SECRET): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

export async function openDoor(handle: Handle): Promise<Door> {
  const server = createServer((asked, response) => void handle(asked, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;

  const ask: Door["ask"] = (method, path, { headers = {}, body = "", agent } = {}) =>
    new Promise((resolve, reject) => {
      const asked = request({ host: "127.0.0.1", port, method, path, headers, agent: agent ?? false }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("end", () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          });
          // Whoever has its answer need not go on talking.
          if (!asked.writableFinished) asked.destroy();
        });
      });
      asked.on("error", reject);
      if (typeof body === "string" || body instanceof Uint8Array) return void asked.end(body);
      // Cut short once it has its answer.
      pipeline(Readable.from(body), asked).catch(() => {});
    });

  return {
    port,
    ask,
    post: (body, { signature, headers = {}, agent } = {}) => {
      const own = typeof body === "string" || body instanceof Uint8Array ? sign(body) : null;
      const given = signature === undefined ? own : signature;
      const signed = given === null ? {} : { "x-hub-signature-256": given };
      return ask("POST", PATH, { headers: { ...signed, ...headers }, body, ...(agent && { agent }) });
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
