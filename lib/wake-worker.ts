import "server-only";
import { z } from "zod";
import { notify } from "./notify.ts";

/** What the worker can be woken for. */
export const work = z.enum(["deliveries", "replies", "control", "pages"]);
export type Work = z.infer<typeof work>;

/** Says that something committed waits for the worker. It would find it by itself, only later. */
export function wakeWorker(what: Work): Promise<void> {
  return notify("lead_inbox_work", what);
}
