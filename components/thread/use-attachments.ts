"use client";

import { useRef, useState } from "react";
import { z } from "zod";
import { type AttachmentKind, type FileFault, fileFault, MAX_FILES } from "#lib/media/outgoing-file.ts";

const uploadAnswer = z.discriminatedUnion("outcome", [
  z.object({
    outcome: z.literal("kept"),
    file: z.object({ id: z.string(), name: z.string(), kind: z.enum(["image", "video", "audio", "file"]) }),
  }),
  z.object({
    outcome: z.literal("refused"),
    why: z.enum(["file_too_large", "picture_too_large", "file_empty", "file_refused"]),
  }),
  z.object({ outcome: z.literal("too-many") }),
  z.object({ outcome: z.literal("not-found") }),
]);

export type AttachedFile = {
  /** Its place in the list; Meta and the server know another id. */
  key: string;
  name: string;
  bytes: number;
  state:
    | { is: "uploading" }
    | { is: "ready"; id: string; kind: AttachmentKind; href: string }
    | { is: "failed"; why: FileFault | "failed" | "notFound" | "tooManyNow" };
};

/** Files attached to the reply that is being written: on their way to our server, there, or refused. */
export function useAttachments(pageId: string) {
  const [files, setFiles] = useState<readonly AttachedFile[]>([]);
  const [isFull, setFull] = useState(false);
  const running = useRef(new Map<string, AbortController>());

  const settle = (key: string, state: AttachedFile["state"]) =>
    setFiles((now) => now.map((file) => (file.key === key ? { ...file, state } : file)));

  const upload = async (key: string, file: File) => {
    const stop = new AbortController();
    running.current.set(key, stop);
    settle(key, await send(pageId, file, stop.signal));
    running.current.delete(key);
  };

  const add = (given: readonly File[]) => {
    const free = Math.max(0, MAX_FILES - files.length);
    setFull(given.length > free);
    const fresh = given.slice(0, free).map((file) => ({ key: crypto.randomUUID(), file, fault: faultOf(file) }));
    setFiles((now) => [
      ...now,
      ...fresh.map(
        ({ key, file, fault }): AttachedFile => ({
          ...{ key, name: file.name, bytes: file.size },
          state: fault === null ? { is: "uploading" } : { is: "failed", why: fault },
        }),
      ),
    ]);
    for (const { key, file, fault } of fresh) if (fault === null) void upload(key, file);
  };

  const remove = (key: string) => {
    running.current.get(key)?.abort();
    setFull(false);
    setFiles((now) => now.filter((file) => file.key !== key));
  };

  /** Files that are with us already: a reply was taken back. */
  const putBack = (known: readonly { name: string; kind: AttachmentKind; href: string }[]) =>
    setFiles((now) => [
      ...now,
      ...known.map(
        ({ name, kind, href }): AttachedFile => ({
          ...{ key: crypto.randomUUID(), name, bytes: 0 },
          state: { is: "ready", id: href.split("/").at(-1) ?? "", kind, href },
        }),
      ),
    ]);

  return {
    files,
    isFull,
    ready: files.flatMap(({ name, state }) => (state.is === "ready" ? [{ name, ...state }] : [])),
    /** A file that is still on its way, or was refused, must not be left out silently. */
    isOpen: files.some(({ state }) => state.is !== "ready"),
    hasFailed: files.some(({ state }) => state.is === "failed"),
    add,
    remove,
    putBack,
    clear: () => setFiles([]),
  };
}

export type Attachments = ReturnType<typeof useAttachments>;

/** What can be said at once; the server looks at the bytes. */
function faultOf(file: File): FileFault | null {
  return fileFault({ bytes: file.size, contentType: file.type === "" ? null : file.type });
}

async function send(pageId: string, file: File, signal: AbortSignal): Promise<AttachedFile["state"]> {
  try {
    const response = await fetch(`/api/media/${pageId}?${new URLSearchParams({ name: file.name })}`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: file,
      signal,
    });
    const answer = uploadAnswer.safeParse(await response.json());
    if (!answer.success) return { is: "failed", why: "failed" };
    switch (answer.data.outcome) {
      case "kept": {
        const { id, kind } = answer.data.file;
        return { is: "ready", id, kind, href: `/api/media/${pageId}/${id}` };
      }
      case "refused":
        return { is: "failed", why: answer.data.why };
      case "too-many":
        return { is: "failed", why: "tooManyNow" };
      case "not-found":
        return { is: "failed", why: "notFound" };
    }
  } catch {
    // Offline, broken off, or not our server's answer: the file stays in the list and says so.
    return { is: "failed", why: "failed" };
  }
}
