"use client";

import { useTranslations } from "next-intl";
import { useOptimistic, useTransition } from "react";
import type { Stage } from "#lib/leads/lead.ts";
import type { LeadPage } from "#lib/leads/lead-page.ts";
import type { AgentChoice, AssignAnswer, ChangeAnswer, ClaimAnswer, LeadActions } from "./lead-actions.ts";
import { toast, toastTrouble } from "./toast.tsx";

type Shown = Pick<LeadPage, "assignee" | "stage" | "doneAt">;
type Props = { lead: LeadPage; me: AgentChoice; agents: readonly AgentChoice[]; actions: LeadActions };

/** Claim, assign, stage and done: shown at once, taken back with a sentence when the server says otherwise. */
export function useLeadWork({ lead, me, agents, actions }: Props) {
  const t = useTranslations();
  const [, start] = useTransition();
  const [shown, show] = useOptimistic<Shown, Partial<Shown>>(lead, (before, change) => ({ ...before, ...change }));
  const undo = (run: () => void) => ({ word: t("lead.toast.undo"), run });

  /** Runs one change: what it looks like now, what the server is asked, what its answer means. */
  const change = <Answer>(look: Partial<Shown>, ask: () => Promise<Answer>, tell: (answer: Answer) => void) =>
    start(async () => {
      show(look);
      try {
        tell(await ask());
      } catch {
        toastTrouble(t("lead.toast.failed"));
      }
    });

  const lost = (outcome: "not-found" | "bad-request") =>
    toastTrouble(t(outcome === "not-found" ? "lead.toast.notFound" : "lead.toast.badRequest"));

  const claim = () => {
    const tell = (answer: ClaimAnswer) => {
      switch (answer) {
        case "claimed":
          return toast(
            t("lead.toast.claimed"),
            undo(() => assign(null)),
          );
        case "taken":
          return toastTrouble(t("lead.toast.takenBySomebody"));
        case "not-found":
        case "bad-request":
          return lost(answer);
      }
    };
    change({ assignee: me }, () => actions.claim({ lead: lead.ref }), tell);
  };

  const assign = (agentId: string | null, isUndo = false) => {
    const before = shown.assignee?.id ?? null;
    const assignee = agents.find(({ id }) => id === agentId) ?? null;
    const tell = (answer: AssignAnswer) => {
      switch (answer) {
        case "assigned": {
          const message =
            assignee === null ? t("lead.toast.unassigned") : t("lead.toast.assigned", { name: assignee.name });
          return toast(message, isUndo ? undefined : undo(() => assign(before, true)));
        }
        case "no-such-agent":
          return toastTrouble(t("lead.toast.noSuchAgent"));
        case "not-found":
        case "bad-request":
          return lost(answer);
      }
    };
    change({ assignee }, () => actions.assign({ lead: lead.ref, agentId }), tell);
  };

  const changeStage = (stage: Stage, reason?: string, isUndo = false) => {
    const before = shown.stage;
    const tell = (answer: ChangeAnswer) => {
      if (answer !== "changed") return lost(answer);
      toast(
        t("lead.toast.stage", { stage: t(`common.stage.${stage}`) }),
        isUndo ? undefined : undo(() => changeStage(before, undefined, true)),
      );
    };
    change(
      { stage },
      () => actions.changeStage({ lead: lead.ref, stage, ...(reason !== undefined && { reason }) }),
      tell,
    );
  };

  const setDone = (isDone: boolean, isUndo = false) => {
    const tell = (answer: ChangeAnswer) => {
      if (answer !== "changed") return lost(answer);
      toast(
        t(isDone ? "lead.toast.done" : "lead.toast.reopened"),
        isUndo ? undefined : undo(() => setDone(!isDone, true)),
      );
    };
    change({ doneAt: isDone ? new Date() : null }, () => actions.markDone({ lead: lead.ref, isDone }), tell);
  };

  return {
    shown,
    claim,
    assign: (agentId: string | null) => assign(agentId),
    changeStage,
    setDone: (isDone: boolean) => setDone(isDone),
  };
}

export type LeadWork = ReturnType<typeof useLeadWork>;
