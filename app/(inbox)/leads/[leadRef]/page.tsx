import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { leadLabel } from "#components/inbox/lead-words.ts";
import { LeadScreen } from "#components/lead/lead-screen.tsx";
import { inSentence } from "#components/thread/text-parts.ts";
import { findAgents } from "#lib/agents/find-agents.ts";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { getLead } from "#lib/leads/get-lead.ts";
import { formatLeadRef, parseLeadRef } from "#lib/leads/lead-ref.ts";
import {
  askControl,
  assign,
  changeStage,
  claim,
  followUp,
  giveSign,
  keepDraft,
  markDone,
  settleUnknown,
  undoReply,
  writeNote,
} from "./actions.ts";

type Props = { params: Promise<{ leadRef: string }> };

/** The page and its title ask once. "Not yours" and "not there" are one answer. */
const readLead = cache(async (text: string) => {
  const ref = parseLeadRef(text);
  if (ref === null) notFound();

  const lead = await getLead(ref, await requireViewer());
  if (lead === null) notFound();
  if ("alias" in lead) redirect(`/leads/${formatLeadRef(lead.alias)}`);
  return lead;
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ leadRef }, t] = await Promise.all([params, getTranslations("common")]);
  return { title: inSentence(leadLabel(await readLead(leadRef), t("lead.unnamed"))) };
}

export default async function Page({ params }: Props) {
  const { leadRef } = await params;
  const viewer = await requireViewer();
  const [lead, agents] = await Promise.all([readLead(leadRef), findAgents()]);
  return (
    <LeadScreen
      key={lead.ref}
      lead={lead}
      me={{ id: viewer.agentId, name: viewer.name }}
      agents={agents.filter(({ isDisabled }) => !isDisabled).map(({ id, name }) => ({ id, name }))}
      actions={{
        claim,
        assign,
        changeStage,
        writeNote,
        markDone,
        keepDraft,
        followUp,
        undoReply,
        askControl,
        giveSign,
        settleUnknown,
      }}
    />
  );
}
