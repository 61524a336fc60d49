import type { ServerResponse } from "node:http";
import type { Thread } from "./world.ts";
import type { StreamEvent } from "./world-views.ts";

/** Live changes for the people's page. Changes of one moment are told once; after very many, "read everything again". */
const PATIENCE = 25;
const TOO_MANY = 20;
const HEARTBEAT = 15_000;

export type Stream = {
  open(response: ServerResponse): void;
  threadChanged(thread: Thread): void;
  deliveryChanged(): void;
  reload(): void;
  close(): void;
};

export function createStream(describe: { thread(thread: Thread): StreamEvent; delivery(): StreamEvent }): Stream {
  const listeners = new Set<ServerResponse>();
  const changed = new Set<Thread>();
  let isDeliveryChanged = false;
  let timer: NodeJS.Timeout | null = null;
  const heartbeat = setInterval(() => write(": still here\n\n"), HEARTBEAT);
  heartbeat.unref();

  function write(text: string): void {
    for (const listener of listeners) listener.write(text);
  }

  const send = (event: StreamEvent) => write(`event: change\ndata: ${JSON.stringify(event)}\n\n`);

  function tellAll(): void {
    timer = null;
    if (changed.size > TOO_MANY) send({ kind: "reload" });
    else for (const thread of changed) send(describe.thread(thread));
    if (isDeliveryChanged) send(describe.delivery());
    changed.clear();
    isDeliveryChanged = false;
  }

  function soon(): void {
    if (listeners.size === 0) {
      changed.clear();
      return;
    }
    timer ??= setTimeout(tellAll, PATIENCE);
  }

  return {
    open(response) {
      response.writeHead(200, {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        connection: "keep-alive",
      });
      response.write("retry: 1000\n\n");
      listeners.add(response);
      response.on("close", () => listeners.delete(response));
    },
    threadChanged(thread) {
      changed.add(thread);
      soon();
    },
    deliveryChanged() {
      isDeliveryChanged = true;
      soon();
    },
    reload: () => send({ kind: "reload" }),
    close() {
      clearInterval(heartbeat);
      if (timer !== null) clearTimeout(timer);
      for (const listener of listeners) listener.end();
    },
  };
}
