/** For tests of Graph calls: a server on this machine that answers as told, and keeps what it was asked. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

type Asked = {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string;
};
type Given = { status?: number; headers?: Record<string, string>; json?: unknown; text?: string };
type Play = Given | ((request: IncomingMessage, response: ServerResponse) => void);

export type PlayedMeta = {
  address: string;
  /** What the next calls are answered, in this order. */
  answer(...plays: Play[]): void;
  /** What was asked since the last look. */
  asked(): Asked[];
  close(): Promise<void>;
};

/** An error as Graph words it. */
export function refusal(code: number, subcode?: number, more: object = {}): Given {
  const error = { message: "No.", type: "OAuthException", code, fbtrace_id: "AbC123xyz", ...more };
  return { status: 400, json: { error: subcode === undefined ? error : { ...error, error_subcode: subcode } } };
}

export async function playMeta(): Promise<PlayedMeta> {
  const plays: Play[] = [];
  let asked: Asked[] = [];
  const server = createServer((request, response) => {
    void read(request).then((one) => {
      asked.push(one);
      const play = plays.shift() ?? { status: 500, text: "Nothing is prepared." };
      if (typeof play === "function") play(request, response);
      else give(response, play);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("The server has no port.");
  const address = `http://127.0.0.1:${bound.port}`;
  process.env.META_GRAPH_URL = address;
  return {
    address,
    answer: (...more) => void plays.push(...more),
    asked: () => {
      const seen = asked;
      asked = [];
      return seen;
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function give(response: ServerResponse, { status = 200, headers = {}, json, text }: Given): void {
  response
    .writeHead(status, { "content-type": text === undefined ? "application/json" : "text/html", ...headers })
    .end(text ?? JSON.stringify(json));
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url ?? "/", "http://meta.example");
  return {
    method: request.method ?? "",
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(chunks).toString("latin1"),
  };
}
