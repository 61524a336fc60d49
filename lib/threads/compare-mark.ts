import "server-only";
import { readFile } from "node:fs/promises";
import { prisma } from "#lib/db.ts";
import type { OutsideMark } from "./sending.ts";
import { isMissingFile, markFile, readMark, type SendingMark } from "./sending-mark.ts";

/** Whether the database still knows as much as the mark outside it. */
export async function compareMark(dataDir: string): Promise<{ mark: OutsideMark; kept: SendingMark | null }> {
  const kept = readMark(await textOf(markFile(dataDir)));
  if (kept === null) return { mark: "none", kept };
  const row = await prisma.sendingMark.findUnique({ where: { id: kept.id }, select: { count: true } });
  return { mark: row === null || row.count < kept.count ? "behind" : "kept", kept };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    if (isMissingFile(cause)) return "";
    throw cause;
  }
}
