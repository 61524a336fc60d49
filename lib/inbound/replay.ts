/** Kept deliveries read and applied once more, because somebody asked for it. */
import { z } from "zod";

export const replayKind = z.enum(["event", "delivery", "range"]);
export type ReplayKind = z.infer<typeof replayKind>;

/** What a replay of one thing came to. `spoiled`: the kept bytes are not those that came. */
export type ReplayOutcome = "queued" | "not-found" | "in-line" | "not-connected" | "no-bytes" | "spoiled";

export type RangeOutcome = { outcome: "begun"; total: number } | { outcome: "not-found" | "running" | "nothing" };

export type ReplayLine = {
  id: string;
  kind: ReplayKind;
  why: string;
  by: string | null;
  askedAt: Date;
  endedAt: Date | null;
  fromAt: Date | null;
  untilAt: Date;
  total: number;
  /** Read and applied again by now. */
  done: number;
  /** Left out, because their kept bytes are not those that came. */
  spoiled: number;
  isRunning: boolean;
  isStopped: boolean;
};

/** Those who look after the whole house may have it read again: it concerns every page. */
export function mayReplay(viewer: { role: string; pageIds: readonly string[] | null }): boolean {
  return viewer.role === "admin" && viewer.pageIds === null;
}
