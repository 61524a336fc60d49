import { z } from "zod";
import { type ControlFact, controlFactKinds, controlFactSources } from "./control.ts";

const kind = z.enum(controlFactKinds);
const source = z.enum(controlFactSources);

/** A row of control_fact in the fold's words; the words are held by a CHECK, and read strictly all the same. */
export function readControlFact(row: {
  key: string;
  kind: string;
  source: string;
  appId: string | null;
  at: Date;
  isLeadHandover: boolean;
  expiresAt: Date | null;
}): ControlFact {
  const { key, appId, at, isLeadHandover, expiresAt } = row;
  return { key, kind: kind.parse(row.kind), source: source.parse(row.source), appId, at, isLeadHandover, expiresAt };
}
