import type { Metadata } from "next";
import { getTimeZone, getTranslations } from "next-intl/server";
import { Inbox } from "#components/inbox/inbox.tsx";
import { findAds } from "#lib/ads/find-ads.ts";
import { findAgents } from "#lib/agents/find-agents.ts";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { countLeads } from "#lib/leads/count-leads.ts";
import { leadFilterParams, parseLeadFilter } from "#lib/leads/lead-filter.ts";
import { findPages } from "#lib/pages/find-pages.ts";
import { claim, loadLeads, release } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("inbox");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LeadsPage({ searchParams }: Props) {
  const viewer = await requireViewer();
  const { filter } = parseLeadFilter(await searchParams);
  const words = leadFilterParams(filter).toString();
  const [page, counts, pages, ads, agents] = await Promise.all([
    loadLeads(words, null),
    countLeads(filter, viewer, await getTimeZone()),
    findPages(viewer),
    findAds(viewer),
    findAgents(),
  ]);

  return (
    <Inbox
      me={{ id: viewer.agentId, name: viewer.name }}
      start={{ words, page, counts }}
      choices={{
        pages: pages.map(({ id, name }) => ({ id, name })),
        ads,
        agents: agents.filter(({ isDisabled }) => !isDisabled).map(({ id, name }) => ({ id, name })),
      }}
      actions={{ loadLeads, claim, release }}
    />
  );
}
