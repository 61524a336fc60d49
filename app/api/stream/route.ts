import { viewerOf } from "#lib/agents/get-viewer.ts";
import { maySeePage } from "#lib/agents/viewer.ts";
import { formatLeadRef } from "#lib/leads/lead-ref.ts";
import { type LiveChange, listenLive } from "#lib/live.ts";
import { log } from "#lib/log.ts";
import { closeWithProcess } from "./close-with-process.ts";

export const dynamic = "force-dynamic";

const BEAT_MS = 15_000;

/**
 * Tells a screen which of the leads its viewer may see have changed. Hints only: the rows are asked for by
 * the screen, with its rights. Hints are not kept, so after any gap the answer is "everything may have changed".
 */
export async function GET(request: Request): Promise<Response> {
  let viewer = await viewerOf(request.headers);
  if (viewer === null) return new Response(null, { status: 401, headers: { "cache-control": "no-store" } });

  const hasGap = request.headers.has("last-event-id");
  const text = new TextEncoder();
  let end = () => {};

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const say = (message: string) => controller.enqueue(text.encode(message));
      const tell = (event: string, data: unknown) =>
        say(`id: ${Date.now()}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

      const onChange = ({ pageId, ids }: LiveChange) => {
        if (viewer === null || !maySeePage(viewer, pageId)) return;
        tell("leads", { pageId, refs: ids.map((id) => formatLeadRef({ pageId, id })) });
      };
      const onGap = () => tell("catch-up", { refs: null });

      // Rights may end while the stream runs: each beat asks again, and an unanswered question ends it too.
      const beat = setInterval(async () => {
        try {
          viewer = await viewerOf(request.headers);
          if (viewer === null) end();
          else tell("beat", {});
        } catch (cause) {
          log.warn({ event: "stream.viewer", cause: String(cause) });
          end();
        }
      }, BEAT_MS);

      const stopListening = listenLive({ onChange, onGap });
      const forget = closeWithProcess(() => end());
      end = () => {
        end = () => {};
        clearInterval(beat);
        stopListening();
        forget();
        controller.close();
      };

      request.signal.addEventListener("abort", () => end());
      say(": hello\nretry: 1000\n\n");
      if (hasGap) onGap();
    },
    cancel() {
      end();
    },
  });

  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
