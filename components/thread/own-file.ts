import type { AttachmentKind } from "#lib/media/outgoing-file.ts";
import type { ThreadMessage } from "#lib/threads/thread-page.ts";

const kinds: readonly AttachmentKind[] = ["image", "video", "audio", "file"];

/** The files of a message that we keep, so that they can be attached again. */
export function fileOf({ attachments }: ThreadMessage): { name: string; kind: AttachmentKind; href: string }[] {
  return attachments.flatMap(({ type, title, file }) => {
    const kind = kinds.find((known) => known === type) ?? "file";
    return file === undefined ? [] : [{ name: title ?? "", kind, href: file.href }];
  });
}
