import type { Call, Caller } from "./graph-call.ts";
import { refusals } from "./graph-errors.ts";
import type { Meta } from "./meta.ts";
import type { World } from "./world.ts";

/** How much of Meta's patience is used up: the headers that say so, and the refusals once it is. */
const QUIET = { percent: 3, minutes: 0 };

const families: [RegExp, { type: string; code: number }][] = [
  [/^(leads|leadgen_forms|test_leads)$/, { type: "leadgen", code: 80_005 }],
  [/^(subscribed_apps|personas|messaging_feature_review)$/, { type: "pages", code: 80_001 }],
];
const MESSENGER = { type: "messenger", code: 80_006 };

const familyOf = (edge: string | null) => families.find(([edges]) => edges.test(edge ?? ""))?.[1] ?? MESSENGER;

function usageOf({ graph }: World, caller: Caller) {
  const pageIds = caller.kind === "app" ? Object.keys(graph.usage) : caller.token.pageIds;
  const used = pageIds.flatMap((id) => graph.usage[id] ?? []);
  return used.toSorted((one, other) => other.percent - one.percent)[0] ?? QUIET;
}

export function usageHeaders({ world }: Meta, caller: Caller, edge: string | null): Record<string, string> {
  const { percent, minutes } = usageOf(world, caller);
  const rest = Math.ceil(percent / 3);
  const share = { call_count: percent, total_cputime: rest, total_time: rest };
  const app = { "x-app-usage": JSON.stringify(share) };
  if (caller.kind !== "page") return app;
  const { type } = familyOf(edge);
  const perPage = { [caller.page.id]: [{ type, ...share, estimated_time_to_regain_access: minutes }] };
  return { ...app, "x-business-use-case-usage": JSON.stringify(perPage) };
}

/** Refuses calls of a page whose share is used up, and those that were told to come again later. */
export function limitUsage({ world }: Meta, caller: Caller, method: string, edge: string | null): void {
  const { retryAfter } = world.graph;
  if (retryAfter !== null) {
    retryAfter.times -= 1;
    if (retryAfter.times <= 0) world.graph.retryAfter = null;
    throw refusals.throttled(613, 429, { "retry-after": String(retryAfter.seconds) });
  }
  if (usageOf(world, caller).percent < 100) return;
  throw refusals.throttled(method === "POST" && edge === "messages" ? 613 : familyOf(edge).code);
}

/** Two calls a second for each page, after as many at once as `conversationBurst`. */
const buckets = new WeakMap<World, Map<string, { left: number; at: number }>>();
const A_SECOND = 2;

export function limitConversations({ meta, at }: Call, pageId: string): void {
  const most = meta.world.graph.conversationBurst;
  if (most === 0) return;
  const all = buckets.get(meta.world) ?? new Map<string, { left: number; at: number }>();
  buckets.set(meta.world, all);
  const before = all.get(pageId) ?? { left: most, at };
  const left = Math.min(most, before.left + Math.max(0, at - before.at) * (A_SECOND / 1000));
  all.set(pageId, { left: Math.max(0, left - 1), at });
  if (left < 1) throw refusals.throttled(613);
}
