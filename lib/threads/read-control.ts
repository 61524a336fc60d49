import { z } from "zod";
import { type Control, controlFactSources, controlStates } from "./control.ts";

const state = z.enum(controlStates);
const source = z.enum(controlFactSources).nullable();

/** The columns of a thread that say who holds it. */
export type ControlColumns = {
  control: string;
  controlAppId: string | null;
  controlSince: Date | null;
  controlExpiresAt: Date | null;
  controlSource: string | null;
};

/** A thread's row in the words of control. */
export function readControl(thread: ControlColumns): Control {
  return {
    state: state.parse(thread.control),
    appId: thread.controlAppId,
    since: thread.controlSince,
    expiresAt: thread.controlExpiresAt,
    source: source.parse(thread.controlSource),
  };
}
