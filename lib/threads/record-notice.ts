import "server-only";
import type { Tx } from "#lib/db.ts";
import { type NoticeEvent, noticeOf, readNotice, stoppedSince } from "./notice.ts";

/** Writes what a person did besides writing. A stop is remembered at the person until they resume. */
export async function recordNotice(tx: Tx, event: NoticeEvent, receivedAt: Date): Promise<void> {
  const { pageId, psid, key, at } = event;
  const { kind, data } = noticeOf(event);
  await tx.threadNotice.createMany({ data: { pageId, psid, key, kind, at, receivedAt, data }, skipDuplicates: true });
  if (event.kind !== "optin") return;

  const rows = await tx.threadNotice.findMany({
    where: { pageId, psid, kind: "optin" },
    select: { kind: true, key: true, at: true, data: true },
  });
  const stoppedAt = stoppedSince(rows.map(readNotice).filter((line) => line !== null));
  await tx.person.updateMany({ where: { pageId, psid }, data: { stoppedAt } });
}
