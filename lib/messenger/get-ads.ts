import "server-only";
import { z } from "zod";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import type { GraphErrorClass } from "./graph-error-table.ts";
import { idField, textField } from "./graph-fields.ts";
import type { GraphUsage } from "./graph-usage.ts";

type Named = { id: string; name: string | null };

export type AdFacts = {
  name: string | null;
  /** ACTIVE, PAUSED, ARCHIVED, DELETED … */
  status: string | null;
  adset: Named | null;
  campaign: (Named & { objective: string | null }) | null;
  accountId: string | null;
};

/** `hidden`: Meta has no such ad, or does not show it to this token; asking again soon does not help. */
export type AdOutcome =
  | { outcome: "found"; ad: AdFacts }
  | { outcome: "hidden"; class: GraphErrorClass }
  | { outcome: "later" };

export type AdsOutcome = {
  ads: Map<string, AdOutcome>;
  usage: GraphUsage | null;
};

const MOST_IDS = 50;
const FIELDS = "id,name,effective_status,adset{id,name},campaign{id,name,objective},account_id";

const part = z.object({ id: idField, name: textField, objective: textField }).nullish().catch(null);
const named = (given: z.infer<typeof part>) =>
  given?.id ? { id: given.id, name: given.name, objective: given.objective } : null;
const ad = z
  .object({
    id: idField,
    name: textField,
    effective_status: textField,
    adset: part,
    campaign: part,
    account_id: idField,
  })
  .transform(({ name, effective_status, adset, campaign, account_id }): AdFacts => {
    const group = named(adset);
    return {
      name,
      status: effective_status,
      adset: group === null ? null : { id: group.id, name: group.name },
      campaign: named(campaign),
      accountId: account_id,
    };
  });
const several = z.record(z.string(), z.unknown());

/**
 * The names of up to 50 ads, and of what they belong to. Meta refuses all of them for the sake of one it does not
 * show; then each is asked for alone, so that one deleted ad does not hide the others.
 */
export async function getAds(adIds: readonly string[], token: string): Promise<AdsOutcome> {
  const ids = [...new Set(adIds)].slice(0, MOST_IDS);
  if (ids.length === 0) return { ads: new Map(), usage: null };
  const answer = await askGraph(
    { kind: "read", method: "GET", path: "", token, query: { ids: ids.join(","), fields: FIELDS } },
    several,
  );
  if (answer.outcome === "ok") {
    const ads = new Map(ids.map((id) => [id, readAd(answer.value[id])]));
    return { ads, usage: answer.usage };
  }
  if (!isRefusal(answer))
    return { ads: new Map(ids.map((id) => [id, { outcome: "later" }])), usage: answer.usage ?? null };
  const [only] = ids;
  if (ids.length === 1 && only !== undefined) {
    return { ads: new Map([[only, { outcome: "hidden", class: answer.class }]]), usage: answer.usage };
  }
  return askEach(ids, token);
}

async function askEach(ids: readonly string[], token: string): Promise<AdsOutcome> {
  const ads = new Map<string, AdOutcome>(ids.map((id) => [id, { outcome: "later" }]));
  let usage: GraphUsage | null = null;
  for (const id of ids) {
    const answer = await askGraph({ kind: "read", method: "GET", path: id, token, query: { fields: FIELDS } }, ad);
    usage = answer.usage ?? usage;
    if (answer.outcome === "ok") ads.set(id, { outcome: "found", ad: answer.value });
    else if (isRefusal(answer)) ads.set(id, { outcome: "hidden", class: answer.class });
    else break;
  }
  return { ads, usage };
}

function readAd(value: unknown): AdOutcome {
  const read = ad.safeParse(value);
  return read.success ? { outcome: "found", ad: read.data } : { outcome: "hidden", class: "input" };
}

/** Refused for what was asked, not for when or by whom. */
function isRefusal(answer: GraphAnswer<unknown>): answer is Extract<GraphAnswer<unknown>, { outcome: "refused" }> {
  return answer.outcome === "refused" && (answer.class === "input" || answer.class === "permission");
}
