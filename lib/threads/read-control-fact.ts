import { z } from "zod";
import type { ControlFact } from "./control.ts";

const kind = z.enum(["owner", "standby", "released", "refused", "leadgen_asking"]);
const source = z.enum(["handover", "echo", "standby", "api", "send_error"]);

/** A row of control_fact in the fold's words; the words are held by a CHECK, and read strictly all the same. */
export function readControlFact(row: {
  key: string;
  kind: string;
  source: string;
  appId: string | null;
  at: Date;
  isLeadHandover: boolean;
}): ControlFact {
  const { key, appId, at, isLeadHandover } = row;
  return { key, kind: kind.parse(row.kind), source: source.parse(row.source), appId, at, isLeadHandover };
}
