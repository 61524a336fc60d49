import { viewerOf } from "#lib/agents/get-viewer.ts";
import { maySeePage, type Viewer } from "#lib/agents/viewer.ts";
import { faultName } from "#lib/fault-name.ts";
import { findChangedLeads } from "#lib/leads/find-changed-leads.ts";
import { formatLeadRef } from "#lib/leads/lead-ref.ts";
import { type LiveChange, listenLive } from "#lib/live.ts";
import { log } from "#lib/log.ts";
import { closeWithProcess } from "./close-with-process.ts";

export const dynamic = "force-dynamic";

const BEAT_MS = 15_000;
/** Between drawing a page and hearing its first hint. */
const ARRIVAL_MS = 60_000;
const HOUR_MS = 60 * 60 * 1000;

/**
 * Tells a screen which of the leads its viewer may see have changed. Hints only: the rows are asked for by
 * the screen, with its rights. Each stream begins with what changed since the last id it knows, or since
 * its page may have been drawn; where that cannot be told, everything may have changed.
 */
export async function GET(request: Request): Promise<Response> {
  const asking = await viewerOf(request.headers);
  if (asking === null) return new Response(null, { status: 401, headers: { "cache-control": "no-store" } });

  const since = resumeFrom(request.headers.get("last-event-id"));
  const text = new TextEncoder();
  let viewer: Viewer | null = asking;
  let end = () => {};
  let isOpen = true;

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const say = (message: string) => controller.enqueue(text.encode(message));
      const tell = (event: string, data: unknown) =>
        isOpen && say(`id: ${Date.now()}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

      const onChange = ({ pageId, ids }: LiveChange) => {
        if (viewer === null || !maySeePage(viewer, pageId)) return;
        tell("leads", { pageId, refs: ids.map((id) => formatLeadRef({ pageId, id })) });
      };
      const onGap = () => tell("catch-up", { refs: null });

      // Rights may end while the stream runs: each beat asks again, and an unanswered question ends it too.
      const beat = setInterval(async () => {
        try {
          viewer = await viewerOf(request.headers);
          if (viewer === null) return close();
          await lookAgain(viewer);
          tell("beat", {});
        } catch (cause) {
          log.warn({ event: "stream.viewer", cause: faultName(cause) });
          close();
        }
      }, BEAT_MS);

      // Whoever ends between a commit and its hint tells nobody. Too many at once are named together when it is calm.
      let lookedAt = new Date();
      let isOwed = false;
      const lookAgain = async (viewer: Viewer) => {
        const since = lookedAt;
        lookedAt = new Date();
        const refs = await findChangedLeads(since, viewer);
        if (refs !== null && isOwed) onGap();
        else if (refs !== null && refs.length > 0) tell("leads", { refs });
        isOwed = refs === null;
      };

      const stopListening = listenLive({ onChange, onGap });
      const forget = closeWithProcess(() => close());
      end = () => {
        end = () => {};
        isOpen = false;
        clearInterval(beat);
        stopListening();
        forget();
      };
      const close = () => {
        if (!isOpen) return;
        end();
        controller.close();
      };

      request.signal.addEventListener("abort", close);
      say(": hello\nretry: 1000\n\n");
      // Listening already, so that nothing falls between the two.
      catchUp(since, asking).then(
        (refs) => refs?.length !== 0 && tell("catch-up", { refs }),
        () => onGap(),
      );
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

/** Ids are our clock's milliseconds. */
function resumeFrom(lastId: string | null): Date | null {
  if (lastId === null) return new Date(Date.now() - ARRIVAL_MS);
  const at = Number(lastId);
  return Date.now() - at < HOUR_MS ? new Date(at) : null;
}

async function catchUp(since: Date | null, viewer: Viewer): Promise<string[] | null> {
  return since === null ? null : findChangedLeads(since, viewer);
}
