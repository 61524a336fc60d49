"use client";

import { useTranslations } from "next-intl";
import { useCallback, useRef } from "react";
import { toast, toastTrouble } from "#components/lead/toast.tsx";
import type { LeadRow } from "#lib/leads/lead-row.ts";
import type { InboxActions } from "./inbox-props.ts";
import { leadLabel } from "./lead-words.ts";
import { useEditRow } from "./use-leads.ts";

/** Takes a free lead at once on the screen; the server decides, and the loser is told. */
export function useClaim(me: { id: string; name: string }, actions: InboxActions): (lead: LeadRow) => Promise<void> {
  const t = useTranslations();
  const edit = useEditRow();

  const latest = useRef<(lead: LeadRow) => Promise<void>>(async () => {});
  latest.current = async (lead) => {
    const name = leadLabel(lead, t("common.lead.unnamed"));
    const isMine = (row: LeadRow) => row.assignee?.id === me.id;
    edit(lead.ref, (row) => ({ ...row, assignee: me }));
    const answer = await actions.claim(lead.ref).catch(() => ({ outcome: "failed" as const }));
    if (answer.outcome === "claimed") {
      const giveBack = async () => {
        await actions.release(lead.ref);
        edit(lead.ref, (row) => (isMine(row) ? { ...row, assignee: null } : row));
      };
      toast(t("inbox.claimed", { lead: name }), { word: t("inbox.undo"), run: () => void giveBack() });
      return;
    }
    edit(lead.ref, (row) => (isMine(row) ? { ...row, assignee: lead.assignee } : row));
    toastTrouble(t(`inbox.claim-${answer.outcome}`, { lead: name }));
  };
  // One and the same function, so that a row need not be drawn again for it.
  return useCallback((lead) => latest.current(lead), []);
}
