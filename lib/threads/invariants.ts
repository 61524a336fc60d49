/** What must hold for any thread, whatever was learned about it. Checked whenever it is extended, and cheap. */
import { invariant } from "#lib/invariant.ts";
import type { Control, ControlFact } from "./control.ts";
import { mayMove, type ReplyState } from "./reply.ts";

type Clocks = {
  lastActionAt: Date | null;
  lastOpener: string | null;
  lastInboundAt: Date | null;
};

/** `facts`: everything control was folded from. */
export function checkThread(
  { lastActionAt, lastOpener, lastInboundAt }: Clocks,
  control: Control,
  facts: readonly ControlFact[],
): void {
  invariant((lastActionAt === null) === (lastOpener === null), "window-without-an-opener");
  // What the person writes opens the window.
  invariant(
    lastInboundAt === null || (lastActionAt !== null && lastActionAt >= lastInboundAt),
    "message-without-a-window",
  );
  checkControl(control, facts);
}

function checkControl({ state, appId, since, expiresAt }: Control, facts: readonly ControlFact[]): void {
  invariant(
    since === null ? state === "unknown" : facts.some(({ at }) => at.getTime() === since.getTime()),
    "control-without-a-fact",
  );
  invariant(
    state === "ours" || state === "leadgen" || state === "page_inbox" ? appId !== null : true,
    "owner-without-an-app",
  );
  invariant(state !== "unknown" && state !== "idle" ? true : expiresAt === null, "nobody-holds-it-until-a-day");
}

/** A reply went from one state to another; what seemed certainly not accepted went back in line, and its echo knows better. */
export function checkReplyMove(from: ReplyState, to: ReplyState): void {
  invariant(mayMove(from, to) || (from === "queued" && to === "sent"), "reply-moved-where-it-may-not");
}
