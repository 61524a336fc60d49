import "server-only";
import type { Tx } from "#lib/db.ts";
import type { TestReceived } from "#lib/messenger/meta-event.ts";
import { tellPageHistory } from "./tell-page-history.ts";

/** Somebody tried the address out, and it works: that is all a test says, and nothing else is made of it. */
export async function recordTest(tx: Tx, { pageId, key, at, what }: TestReceived): Promise<void> {
  await tellPageHistory(tx, { pageId, kind: "test_received", key, at, data: { field: what } });
}
