import type { NextRequest } from "next/server";
import { z } from "zod";
import { viewerOf } from "#lib/agents/get-viewer.ts";
import { attachmentHeader } from "#lib/media/file-name.ts";
import { getMedia } from "#lib/media/get-media.ts";
import { attachmentKind } from "#lib/media/outgoing-file.ts";
import { closedPolicy, securityHeaders } from "#lib/response-headers.ts";

type Context = { params: Promise<{ pageId: string; id: string }> };

const mediaId = z.uuid();

const PLAYED = [
  "video/mp4",
  "video/webm",
  "audio/mpeg",
  "audio/mp4",
  "audio/x-m4a",
  "audio/aac",
  "audio/ogg",
  "audio/wav",
];

/**
 * A kept file, for those who may see its page. Whoever wrote it is a stranger: only pictures and recordings every
 * browser shows without running anything are shown in place, everything else is a download of no particular type.
 */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const viewer = await viewerOf(request.headers);
  if (viewer === null) return refuse(401);
  const { pageId, id } = await params;
  if (!/^\w{1,64}$/.test(pageId) || !mediaId.safeParse(id).success) return refuse(404);
  const media = await getMedia(pageId, id, viewer);
  if (media === null) return refuse(404);

  const { contentType, fileName, bytes } = media;
  const isShown = contentType !== null && (attachmentKind(contentType) === "image" || PLAYED.includes(contentType));
  return new Response(bytes, {
    headers: {
      ...closed,
      "content-type": isShown ? contentType : "application/octet-stream",
      "content-length": String(bytes.byteLength),
      "content-disposition": isShown ? "inline" : attachmentHeader(fileName ?? "file"),
      // People's files stay in no browser's store: whoever uses it next may be somebody else.
      "cache-control": "no-store",
    },
  });
}

const closed = { ...securityHeaders, "content-security-policy": closedPolicy };

function refuse(status: number): Response {
  return new Response(null, { status, headers: { ...closed, "cache-control": "no-store" } });
}
