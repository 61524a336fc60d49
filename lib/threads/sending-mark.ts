/** The mark a worker keeps beside the database: its own name and how far it has counted there. */
import { join } from "node:path";
import { z } from "zod";

const sendingMark = z.object({ id: z.uuid(), count: z.number().int() });
export type SendingMark = z.infer<typeof sendingMark>;

export function markFile(dataDir: string): string {
  return join(dataDir, "sending.json");
}

/** Null when it is none of ours, or was cut off: then it proves nothing. */
export function readMark(text: string): SendingMark | null {
  try {
    return sendingMark.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export function isMissingFile(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ENOTDIR");
}
