import { z } from "zod";
import { openers, type Window } from "./window.ts";

const opener = z.enum(openers).nullable();

/** The columns of a thread that make its window. */
export type WindowColumns = {
  lastActionAt: Date | null;
  lastOpener: string | null;
  firstAdMessageAt: Date | null;
  probableActionAt: Date | null;
  refusedAt: Date | null;
};

/** A thread's row as a window. */
export function readWindow(thread: WindowColumns, hasHumanAgent: boolean): Window {
  const { lastActionAt, lastOpener, firstAdMessageAt, probableActionAt, refusedAt } = thread;
  return {
    lastActionAt,
    opener: opener.parse(lastOpener),
    firstAdMessageAt,
    probableActionAt,
    refusedAt,
    hasHumanAgent,
  };
}
