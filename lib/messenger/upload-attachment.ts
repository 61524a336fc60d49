import "server-only";
import { FormData } from "undici";
import { z } from "zod";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { requiredId } from "./graph-fields.ts";
import type { AttachmentType } from "./send-message.ts";

export type Upload = {
  /** The path: for an Instagram account its Facebook page. */
  pageId: string;
  platform: "messenger" | "instagram";
  type: AttachmentType;
  bytes: Uint8Array<ArrayBuffer>;
  contentType: string;
  fileName: string;
};

/** 25 MB on a line of 4 Mbit/s. */
const TIMEOUT_MS = 60_000;

const answer = z.object({ attachment_id: requiredId }).transform(({ attachment_id }) => attachment_id);

/** Leaves a file with Meta and returns its id, good for 90 days on this page. Twice does no harm. */
export function uploadAttachment(upload: Upload, token: string): Promise<GraphAnswer<string>> {
  const { pageId, platform, type, bytes, contentType, fileName } = upload;
  const form = new FormData();
  form.set("message", JSON.stringify({ attachment: { type, payload: { is_reusable: true } } }));
  if (platform === "instagram") form.set("platform", "instagram");
  form.set("filedata", new Blob([bytes], { type: contentType }), fileName);
  return askGraph(
    {
      kind: "control",
      method: "POST",
      path: `${pageId}/message_attachments`,
      token,
      form,
      timeoutMs: TIMEOUT_MS,
    },
    answer,
  );
}
