import type { NextRequest } from "next/server";
import { viewerOf } from "#lib/agents/get-viewer.ts";
import { maySeePage } from "#lib/agents/viewer.ts";
import { faultName } from "#lib/fault-name.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { keepUpload, type UploadOutcome } from "#lib/media/keep-upload.ts";
import { MAX_FILE_BYTES } from "#lib/media/outgoing-file.ts";
import { isFromElsewhere } from "../../is-from-elsewhere.ts";
import { readAtMost } from "../../read-at-most.ts";

type Context = { params: Promise<{ pageId: string }> };

const statuses = { kept: 200, refused: 422, "too-many": 429, "not-found": 404 } as const;

/** A file an agent attaches: the body is the file, the address its name. Who it is comes before any byte is read. */
export async function POST(request: NextRequest, { params }: Context): Promise<Response> {
  if (isFromElsewhere(request.headers)) return answer({ outcome: "not-found" }, 403);
  const viewer = await viewerOf(request.headers);
  if (viewer === null) return answer({ outcome: "not-found" }, 401);
  const { pageId } = await params;
  if (!/^\w{1,64}$/.test(pageId) || !maySeePage(viewer, pageId)) return answer({ outcome: "not-found" }, 404);
  const bytes = await readAtMost(request, MAX_FILE_BYTES).catch(() => "broken off" as const);
  if (bytes === "broken off") return answer({ outcome: "not-found" }, 400);
  if (bytes === null) return answer({ outcome: "refused", why: "file_too_large" }, 413);

  const door = { door: "upload", id: newId(), pageId, agentId: viewer.agentId, bytes: bytes.byteLength };
  try {
    const outcome = await keepUpload(pageId, { bytes, name: request.nextUrl.searchParams.get("name") ?? "" }, viewer);
    log.info({ ...door, outcome: outcome.outcome });
    return answer(outcome, statuses[outcome.outcome]);
  } catch (cause) {
    log.error({ ...door, outcome: "failed", cause: faultName(cause) });
    return Response.json({ outcome: "failed", id: door.id }, { status: 500, headers: { "cache-control": "no-store" } });
  }
}

function answer(outcome: UploadOutcome, status: number): Response {
  return Response.json(outcome, { status, headers: { "cache-control": "no-store" } });
}
