import "server-only";
import { z } from "zod";
import { prisma } from "#lib/db.ts";
import { type MediaOwner, messageMedia } from "#lib/media/media-owner.ts";

const state = z.enum(["waiting", "kept", "failed", "gone"]);

export type KeptFile = {
  id: string;
  state: z.infer<typeof state>;
  contentType: string | null;
  fileName: string | null;
};

/** The files of messages, by what they belong to. */
export async function findKeptFiles(
  pageId: string,
  messages: readonly { mid: string; attachments: unknown }[],
): Promise<Map<MediaOwner, KeptFile>> {
  const owners = messages.flatMap(({ mid, attachments }) =>
    Array.isArray(attachments) ? attachments.map((_, position) => messageMedia(mid, position)) : [],
  );
  if (owners.length === 0) return new Map();
  const files = await prisma.media.findMany({
    where: { pageId, owner: { in: owners } },
    select: { owner: true, id: true, state: true, contentType: true, fileName: true },
  });
  return new Map(files.map(({ owner, ...file }) => [owner, { ...file, state: state.parse(file.state) }]));
}
