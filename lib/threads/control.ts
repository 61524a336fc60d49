/**
 * Thread control: which app may write in a thread. Meta tells it in pieces that come late, twice or in any
 * order, so control is a fold over the set of facts and never a value that events overwrite.
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/conversation-routing
 */
import { isLeadgen, isPageInbox, LEADGEN_APP_ID } from "#lib/messenger/app-ids.ts";

export const controlStates = ["ours", "leadgen", "page_inbox", "other_app", "idle", "unknown"] as const;
export type ControlState = (typeof controlStates)[number];

export const controlFactKinds = [
  "owner",
  "not_ours",
  "standby",
  "released",
  "refused",
  "requested",
  "leadgen_asking",
] as const;
export type ControlFactKind = (typeof controlFactKinds)[number];

/** api: a call of ours that Meta accepted. answer: what Meta said when we asked who holds the thread. */
export const controlFactSources = ["handover", "echo", "standby", "api", "answer", "send_error"] as const;
export type ControlFactSource = (typeof controlFactSources)[number];

export type ControlFact = {
  key: string;
  /**
   * owner: appId holds it. not_ours: we do not; whether anybody does is left open. standby: another app holds it,
   * an event came beside us. released: our release was accepted, or appId let go. refused: Meta refused a call
   * because another app holds it. requested: appId asks for it. leadgen_asking: the questions are running.
   */
  kind: ControlFactKind;
  source: ControlFactSource;
  appId: string | null;
  at: Date;
  isLeadHandover: boolean;
  /** Until when the owner keeps it, where Meta said so or we prolonged it. */
  expiresAt?: Date | null;
};

type Told = { at: Date; until: Date };

export type Control = {
  state: ControlState;
  appId: string | null;
  since: Date | null;
  expiresAt: Date | null;
  source: ControlFactSource | null;
};

const UNKNOWN: Control = { state: "unknown", appId: null, since: null, expiresAt: null, source: null };

/** Without activity an owner loses the thread after a day, counted from the person's last action. */
const LAPSE = 24 * 60 * 60 * 1000;

/** How long after the end of its questions Leadgen may still say goodbye. */
const GOODBYE = 3 * 1000;

/** Of two facts with one Meta time the later in this list speaks last. */
const rank: Record<ControlFactSource, number> = { send_error: 0, standby: 1, echo: 2, answer: 3, api: 4, handover: 5 };

/** Whose app this is, seen from ours. */
export function ownerOf(appId: string | null, ourAppId: string): Exclude<ControlState, "idle"> {
  if (appId === null) return "unknown";
  if (appId === ourAppId) return "ours";
  if (isLeadgen(appId)) return "leadgen";
  return isPageInbox(appId) ? "page_inbox" : "other_app";
}

export function foldControl(facts: readonly ControlFact[], ourAppId: string, lastUserActionAt: Date | null): Control {
  let routedAt: Date | null = null;
  let told: Told | null = null;
  const steps = controlSteps(facts, ourAppId);

  for (const { fact, isChange } of steps) {
    if (isChange || isRouting(fact)) {
      routedAt = fact.at;
      told = null;
    }
    if (fact.expiresAt != null) told = { at: fact.at, until: fact.expiresAt };
  }
  const control = steps.at(-1)?.control ?? UNKNOWN;
  return { ...control, expiresAt: expiry(control.state, routedAt, told, lastUserActionAt) };
}

export type ControlStep = { fact: ControlFact; control: Control; isChange: boolean };

/** What each fact that speaks made of control, in Meta's order; `expiresAt` is left out, it is a matter of the present. */
export function controlSteps(facts: readonly ControlFact[], ourAppId: string): ControlStep[] {
  let control = UNKNOWN;
  return inOrder(facts).map((fact) => {
    const next = afterFact(control, fact, ourAppId);
    const isChange = next !== control;
    control = next;
    return { fact, control, isChange };
  });
}

/** Each change of control that the facts tell of, in order. */
export function controlHistory(facts: readonly ControlFact[], ourAppId: string): Control[] {
  return controlSteps(facts, ourAppId).flatMap(({ control, isChange }) => (isChange ? [control] : []));
}

/** Who held the thread at that moment, by its history. */
export function stateAt(history: readonly Control[], at: Date): ControlState {
  return history.findLast(({ since }) => since !== null && since <= at)?.state ?? "unknown";
}

/** What has lapsed by now is idle: nobody tells us, Meta just lets it go. */
export function controlAt(control: Control, now: Date): Control {
  if (control.expiresAt === null || control.expiresAt.getTime() > now.getTime()) return control;
  return { state: "idle", appId: null, since: control.expiresAt, expiresAt: null, source: control.source };
}

/**
 * Whether Meta should be asked who holds the thread: what we just learned leaves that open, or says that it is ours
 * without the day it ends, which an ad may put off to a week. Its own answer asks nothing again.
 */
export function leavesOpen(before: Control, after: Control): boolean {
  const isNews = after.since !== null && after.since.getTime() !== before.since?.getTime();
  if (!isNews || after.source === "answer") return false;
  return (
    after.state === "unknown" ||
    (after.state === "other_app" && after.appId === null) ||
    (after.state === "ours" && after.source === "handover")
  );
}

/** Where Meta would refuse for sure we do not try; where we do not know, Meta's answer tells. */
export function mayTrySending(state: ControlState): boolean {
  return state === "ours" || state === "idle" || state === "unknown";
}

/** The facts that speak, in Meta's order. Leadgen's goodbye may be dated after its handover; it asks nothing any more. */
function inOrder(facts: readonly ControlFact[]): ControlFact[] {
  const ends = facts.filter(endsQuestions).map(({ at }) => at.getTime());
  const isGoodbye = ({ kind, source, at }: ControlFact) =>
    kind === "leadgen_asking" &&
    source === "echo" &&
    ends.some((end) => at.getTime() >= end && at.getTime() - end <= GOODBYE);
  return facts.filter((fact) => !isGoodbye(fact)).sort(byTimeThenSource);
}

function endsQuestions({ kind, appId, isLeadHandover }: ControlFact): boolean {
  return isLeadHandover || (kind === "released" && isLeadgen(appId));
}

function byTimeThenSource(a: ControlFact, b: ControlFact): number {
  return (
    a.at.getTime() - b.at.getTime() || rank[a.source] - rank[b.source] || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
  );
}

function afterFact(control: Control, fact: ControlFact, ourAppId: string): Control {
  const become = (state: ControlState, appId: string | null): Control =>
    control.state === state && control.appId === appId && control.since !== null
      ? control
      : { state, appId, since: fact.at, expiresAt: null, source: fact.source };

  switch (fact.kind) {
    case "owner": {
      const owner = ownerOf(fact.appId, ourAppId);
      // Writing in the Page Inbox takes the thread, and so does writing between the questions. Any other echo proves
      // no ownership.
      const isTakeover = owner === "page_inbox" || (owner === "ours" && control.state === "leadgen");
      if (fact.source === "echo" && !isTakeover) return control;
      return become(owner, fact.appId);
    }
    case "released":
      // Leadgen lets go when its questions end; where it had passed the thread on by then, there is nothing to let go.
      return fact.appId === null || fact.appId === control.appId ? become("idle", null) : control;
    case "leadgen_asking":
      return become("leadgen", LEADGEN_APP_ID);
    case "not_ours":
      // Nothing proves that nobody holds it: Meta hides some owners.
      return control.state === "ours" ? become("unknown", null) : control;
    case "requested":
      return control;
    case "standby":
      // Somebody else holds it. Whoever we knew of still does; that it is we, or nobody, is refuted.
      return control.state === "ours" || control.state === "idle" ? become("unknown", null) : control;
    case "refused":
      // The refusal names nobody. Leadgen refuses with a word of its own, so it is not Leadgen either.
      return control.state === "page_inbox" || control.state === "other_app" ? control : become("other_app", null);
  }
}

/** Passing, taking and our own calls start the day anew; an echo or a look does not. */
function isRouting(fact: ControlFact): boolean {
  return fact.kind === "owner" && (fact.source === "handover" || fact.source === "api");
}

function expiry(
  state: ControlState,
  routedAt: Date | null,
  told: Told | null,
  lastUserActionAt: Date | null,
): Date | null {
  if (state === "idle" || state === "unknown") return null;
  const lastUserAction = lastUserActionAt?.getTime() ?? 0;
  if (told !== null) {
    // What the person did since then prolongs it, by a day at least.
    const prolonged = lastUserAction > told.at.getTime() ? lastUserAction + LAPSE : 0;
    return new Date(Math.max(told.until.getTime(), prolonged));
  }
  return routedAt === null ? null : new Date(Math.max(routedAt.getTime(), lastUserAction) + LAPSE);
}
