import { offeredReplies } from "./conversation.ts";
import { viewGraphFaults } from "./graph-faults.ts";
import { adOf, type Meta, pageOf } from "./meta.ts";
import { isInbox, ownerAt } from "./ownership.ts";
import { prefilled } from "./play.ts";
import { listPlays } from "./play-runner.ts";
import { viewSubscriptions } from "./subscriptions.ts";
import { questionsOf } from "./template-steps.ts";
import type { Deliverer } from "./webhooks.ts";
import { type Flow, LEADGEN_APP, OTHER_APP, PAGE_INBOX_APP, type QuickReply, type Thread } from "./world.ts";
import type { ControlName, FlowView, StateView, ThreadView } from "./world-views.ts";

/** The world as the people's page and the tests see it. */
const DAY = 24 * 60 * 60 * 1000;

function controlName(appId: string | null, ourAppId: string): ControlName {
  if (appId === null) return "idle";
  if (appId === ourAppId) return "ours";
  if (appId === LEADGEN_APP) return "leadgen";
  return isInbox(appId) ? "page_inbox" : "other_app";
}

function viewFlow(meta: Meta, thread: Thread, flow: Flow): FlowView {
  const ad = adOf(meta.world, flow.adId);
  const question = flow.state === "running" ? (ad.questions[flow.step] ?? null) : null;
  const person = meta.world.people[thread.psid];
  const shared = { ...flow, adTitle: ad.title, total: questionsOf(ad).length };
  if (question === null)
    return { ...shared, question: null, input: null, choices: [], suggestion: null, allowsSkip: false };
  const words = { EMAIL: "email", PHONE: "phone", CITY: "city" } as const;
  const free = question.choices.length > 0 ? "choice" : "text";
  return {
    ...shared,
    question: question.text,
    input: question.prefill === null ? free : words[question.prefill],
    choices: question.choices,
    suggestion: person === undefined ? null : prefilled(question, person),
    allowsSkip: question.allowsSkip,
  };
}

function buttons(thread: Thread, flow: FlowView | null): QuickReply[] {
  if (flow === null || flow.state !== "running") return offeredReplies(thread);
  const titles = flow.suggestion === null ? flow.choices : [flow.suggestion];
  const last = thread.messages.findLast(({ from }) => from === "leadgen");
  const skip = flow.allowsSkip ? (last?.quickReplies.slice(-1) ?? []) : [];
  return [...titles.map((title) => ({ title, payload: null })), ...skip];
}

export function viewThread(meta: Meta, thread: Thread): ThreadView {
  const { world } = meta;
  const now = meta.now();
  const latest = thread.flows.at(-1);
  const flow = latest === undefined ? null : viewFlow(meta, thread, latest);
  const appId = ownerAt(thread, now);
  const person = world.people[thread.psid];
  return {
    pageId: thread.pageId,
    psid: thread.psid,
    pageName: pageOf(world, thread.pageId).name,
    name: person?.name ?? thread.psid,
    platform: person?.platform ?? "messenger",
    hasBlocked: person?.hasBlocked ?? false,
    isDeleted: person?.isDeleted ?? false,
    labels: thread.labels,
    messages: thread.messages,
    quickReplies: buttons(thread, flow),
    flow,
    pastFlows: thread.flows.slice(0, -1),
    control: {
      name: controlName(appId, world.appId),
      appId,
      since: thread.ownedSince,
      until: appId === null ? null : thread.ownedUntil,
      requestedBy: thread.requestedByAppId,
    },
    signs: world.graph.signs[thread.psid] ?? { typingUntil: null, personaId: null, seenAt: null },
    pageReactions: Object.fromEntries(
      thread.messages.flatMap(({ mid }) => {
        const reaction = world.graph.pageReactions[mid];
        return reaction === undefined ? [] : [[mid, reaction]];
      }),
    ),
    personas: Object.fromEntries(world.graph.personas.map(({ id, name }) => [id, name])),
    optIns: thread.optIns,
    windowEndsAt: thread.lastUserActionAt === null ? null : thread.lastUserActionAt + DAY,
    unread: thread.messages.filter(({ readAt }) => readAt === null).length,
    lastAt: thread.messages.at(-1)?.at ?? 0,
  };
}

export function viewState(meta: Meta, deliverer: Deliverer, most: number): StateView {
  const { world } = meta;
  const lastAt = (thread: Thread) => thread.messages.at(-1)?.at ?? 0;
  const threads = Object.values(world.threads).sort((a, b) => lastAt(b) - lastAt(a));
  const shown = threads.slice(0, most);
  return {
    now: meta.now(),
    seed: world.seed,
    run: world.run,
    apps: { ours: world.appId, leadgen: LEADGEN_APP, pageInbox: PAGE_INBOX_APP, other: OTHER_APP },
    pages: world.pages,
    ads: world.ads,
    instantForms: world.instantForms,
    people: shown.flatMap(({ psid }) => world.people[psid] ?? []),
    threads: shown.map((thread) => viewThread(meta, thread)),
    threadCount: threads.length,
    delivery: deliverer.view(),
    faults: { ...world.faults, graph: viewGraphFaults(world) },
    subscriptions: viewSubscriptions(world),
    plays: listPlays(meta),
  };
}
