/**
 * The history of control as people read it: who got it, when, why, and which of our agents did it. Folded from the
 * same facts as control itself, and from the actions agents asked for.
 */
import { isLeadgen } from "#lib/messenger/app-ids.ts";
import { type Control, type ControlFact, type ControlState, type ControlStep, controlSteps } from "./control.ts";
import type { ControlActionKind } from "./control-actions.ts";

/** How we know of a change, where that is not said by the change itself. */
export const controlWhys = [
  "told",
  "questions_ended",
  "questions_seen",
  "inbox_wrote",
  "standby",
  "answer",
  "refused",
  "lapsed",
] as const;
export type ControlWhy = (typeof controlWhys)[number];

export type ControlEvent = { key: string; at: Date } & (
  | { what: "changed"; state: ControlState; appId: string | null; why: ControlWhy }
  | {
      what: "acted";
      state: ControlState;
      appId: string | null;
      action: ControlActionKind;
      by: string | null;
      until: Date | null;
    }
  | { what: "refused"; action: ControlActionKind; by: string | null }
  | { what: "requested"; appId: string | null }
);

/** What became of an action an agent asked for. */
export type SettledAction = {
  id: string;
  kind: ControlActionKind;
  state: string;
  createdAt: Date;
  settledAt: Date | null;
  authorName: string | null;
};

type Given = {
  facts: readonly ControlFact[];
  actions: readonly SettledAction[];
  control: Control;
  ourAppId: string;
  now: Date;
};

/** Meta's clock and ours differ a little; its event may carry a time before our call or after its answer. */
const SLACK_MS = 5_000;

export function controlEvents({ facts, actions, control, ourAppId, now }: Given): ControlEvent[] {
  const done = actions.filter(({ state }) => state === "done");
  const told = controlSteps(facts, ourAppId).flatMap((step) => stepEvent(step, done, ourAppId) ?? []);
  const shown = new Set(told.flatMap((event) => (event.what === "acted" ? [event.key] : [])));
  const rest = actions.flatMap((action): ControlEvent[] => {
    const { id, kind, settledAt: at, authorName: by } = action;
    const key = `action:${id}`;
    if (at === null || shown.has(key)) return [];
    if (action.state === "failed") return [{ key, at, what: "refused", action: kind, by }];
    const asked = { what: "acted", state: control.state, appId: null, action: kind, by, until: null } as const;
    return action.state === "done" ? [{ key, at, ...asked }] : [];
  });
  const lapsed: ControlEvent[] =
    control.expiresAt !== null && control.expiresAt <= now
      ? [{ key: "lapsed", at: control.expiresAt, what: "changed", state: "idle", appId: null, why: "lapsed" }]
      : [];
  return [...told, ...rest, ...lapsed].sort((a, b) => a.at.getTime() - b.at.getTime());
}

function stepEvent(
  { fact, control, isChange }: ControlStep,
  done: readonly SettledAction[],
  ourAppId: string,
): ControlEvent | null {
  const { key, at, appId } = fact;
  if (fact.kind === "requested") return appId === ourAppId ? null : { key, at, what: "requested", appId };
  const action = done.find((each) => (isChange ? isEffect(each, fact, control) : key === `action:${each.id}`));
  const isPlain = !isChange && action?.kind !== "extend";
  if (isPlain) return null;
  const { state } = control;
  if (action === undefined) return { key, at, what: "changed", state, appId: control.appId, why: whyOf(fact) };
  const { id, kind, authorName } = action;
  const until = kind === "extend" ? (fact.expiresAt ?? null) : null;
  return { key: `action:${id}`, at, what: "acted", state, appId: control.appId, action: kind, by: authorName, until };
}

/** Whether the change is what the action was for: its own fact, or Meta's event about it, which is often the first. */
function isEffect({ id, kind, createdAt, settledAt }: SettledAction, fact: ControlFact, { state }: Control): boolean {
  if (fact.key === `action:${id}`) return true;
  if (fact.source !== "handover" || fact.isLeadHandover || settledAt === null) return false;
  const at = fact.at.getTime();
  return effects[kind].includes(state) && at >= createdAt.getTime() - SLACK_MS && at <= settledAt.getTime() + SLACK_MS;
}

/** What Meta's event about it brings. A granted request is told by itself, and keeping has no event. */
const effects: Record<ControlActionKind, readonly ControlState[]> = {
  take: ["ours"],
  request: [],
  pass_page_inbox: ["page_inbox"],
  pass_default: ["page_inbox", "other_app", "unknown"],
  pass_app: ["other_app"],
  release: ["idle"],
  extend: [],
};

function whyOf(fact: ControlFact): ControlWhy {
  if (fact.isLeadHandover || (fact.kind === "released" && isLeadgen(fact.appId))) return "questions_ended";
  if (fact.kind === "leadgen_asking") return "questions_seen";
  switch (fact.source) {
    case "echo":
      return "inbox_wrote";
    case "standby":
      return "standby";
    case "answer":
      return "answer";
    case "send_error":
      return "refused";
    case "handover":
    case "api":
      return "told";
  }
}
