/**
 * Thread control: which app may write in a thread. Meta tells it in pieces that come late, twice or in any
 * order, so control is a fold over the set of facts and never a value that events overwrite.
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/conversation-routing
 */
import { isLeadgen, isPageInbox, LEADGEN_APP_ID } from "#lib/messenger/app-ids.ts";

export const controlStates = ["ours", "leadgen", "page_inbox", "other_app", "idle", "unknown"] as const;
export type ControlState = (typeof controlStates)[number];

export type ControlFactKind = "owner" | "standby" | "released" | "refused" | "leadgen_asking";
export type ControlFactSource = "handover" | "echo" | "standby" | "api" | "send_error";

export type ControlFact = {
  key: string;
  /**
   * owner: appId holds it. standby: an event came beside us. released: our release was accepted, or appId let go.
   * refused: Meta refused a send because another app holds it. leadgen_asking: the questions are running.
   */
  kind: ControlFactKind;
  source: ControlFactSource;
  appId: string | null;
  at: Date;
  isLeadHandover: boolean;
};

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
const rank: Record<ControlFactSource, number> = { send_error: 0, standby: 1, echo: 2, api: 3, handover: 4 };

/** Whose app this is, seen from ours. */
export function ownerOf(appId: string | null, ourAppId: string): Exclude<ControlState, "idle"> {
  if (appId === null) return "unknown";
  if (appId === ourAppId) return "ours";
  if (isLeadgen(appId)) return "leadgen";
  return isPageInbox(appId) ? "page_inbox" : "other_app";
}

export function foldControl(facts: readonly ControlFact[], ourAppId: string, lastUserActionAt: Date | null): Control {
  let control = UNKNOWN;
  let routedAt: Date | null = null;

  for (const fact of inOrder(facts)) {
    const next = afterFact(control, fact, ourAppId);
    if (next !== control || isRouting(fact)) routedAt = fact.at;
    control = next;
  }
  return { ...control, expiresAt: expiry(control.state, routedAt, lastUserActionAt) };
}

/** Each change of control that the facts tell of, in order; `expiresAt` is left out, it is a matter of the present. */
export function controlHistory(facts: readonly ControlFact[], ourAppId: string): Control[] {
  const steps: Control[] = [];
  let control = UNKNOWN;
  for (const fact of inOrder(facts)) {
    const next = afterFact(control, fact, ourAppId);
    if (next !== control) steps.push(next);
    control = next;
  }
  return steps;
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
      // Writing in the Page Inbox takes the thread; another app's echo proves no ownership.
      if (fact.source === "echo" && owner !== "page_inbox") return control;
      return become(owner, fact.appId);
    }
    case "released":
      // Leadgen lets go when its questions end; where it had passed the thread on by then, there is nothing to let go.
      return fact.appId === null || fact.appId === control.appId ? become("idle", null) : control;
    case "leadgen_asking":
      return become("leadgen", LEADGEN_APP_ID);
    case "standby":
      // Somebody else holds it. Whoever we knew of still does; that it is we, or nobody, is refuted.
      return control.state === "ours" || control.state === "idle" ? become("unknown", null) : control;
    case "refused":
      // The refusal names nobody. Leadgen refuses with a word of its own, so it is not Leadgen either.
      return control.state === "page_inbox" || control.state === "other_app" ? control : become("other_app", null);
  }
}

/** Passing, taking and the answers to our own calls start the day anew; an echo does not. */
function isRouting(fact: ControlFact): boolean {
  return fact.kind === "owner" && (fact.source === "handover" || fact.source === "api");
}

function expiry(state: ControlState, routedAt: Date | null, lastUserActionAt: Date | null): Date | null {
  if (state === "idle" || state === "unknown" || routedAt === null) return null;
  return new Date(Math.max(routedAt.getTime(), lastUserActionAt?.getTime() ?? 0) + LAPSE);
}
