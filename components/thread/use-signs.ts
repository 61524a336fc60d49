"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import type { LeadActions } from "#components/lead/lead-actions.ts";
import { useClock } from "#components/ui/clock.tsx";
import type { ThreadedLead } from "#lib/leads/lead-page.ts";
import { judgeReply, type Outgoing } from "#lib/threads/reply-policy.ts";
import { TYPING_EVERY_MS } from "#lib/threads/sender-action.ts";

/**
 * What the person sees of an agent at work: that their message was read, that somebody is typing. Given where the
 * rules allow it, and never worth a word when it fails.
 */
export function useSigns({ ref, thread }: ThreadedLead, giveSign: LeadActions["giveSign"]) {
  const now = useClock();
  const typedAt = useRef(Number.NEGATIVE_INFINITY);
  const may = (message: Outgoing) => judgeReply({ ...thread, sender: "person", message, now }).allowed;
  const give = (kind: "typing_on" | "mark_seen") => {
    if (may({ kind: "sign" })) giveSign({ lead: ref, sign: { kind } }).catch(() => undefined);
  };

  const newest = thread.messages.findLast(({ from }) => from === "person")?.id ?? null;
  const seen = useEffectEvent(() => {
    if (document.visibilityState === "visible") give("mark_seen");
  });
  useEffect(() => {
    if (newest !== null) seen();
  }, [newest]);

  return {
    mayReact: may({ kind: "reaction" }),
    mayWrite: may({ kind: "text", text: "…" }),
    typing: () => {
      const at = performance.now();
      if (at - typedAt.current < TYPING_EVERY_MS) return;
      typedAt.current = at;
      give("typing_on");
    },
  };
}
