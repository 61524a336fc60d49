/** For tests: the facts a reply is judged by, each with all it may be, and the rules said once more. */
import type { TroubleKind } from "#lib/pages/page-trouble.ts";
import { type Control, type ControlState, controlStates } from "./control.ts";
import { judgeReply, type Outgoing } from "./reply-policy.ts";
import type { Platform } from "./reply-text.ts";
import type { Sender, Window } from "./window.ts";

export const now = new Date("2026-11-22T12:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 60 * 60 * 1000);

export const open: Window = {
  lastActionAt: hoursAgo(1),
  opener: "message",
  firstAdMessageAt: null,
  probableActionAt: null,
  refusedAt: null,
  hasHumanAgent: false,
};
const never: Window = { ...open, lastActionAt: null, opener: null };

/** Each phase as a thread that stands in it. */
const windows = {
  free: open,
  "free, with the feature": { ...open, hasHumanAgent: true },
  "probable, from an ad": { ...open, lastActionAt: hoursAgo(30), firstAdMessageAt: hoursAgo(30) },
  "probable, from a lead we did not see": { ...never, probableActionAt: hoursAgo(30) },
  human: { ...open, lastActionAt: hoursAgo(30), hasHumanAgent: true },
  "human, after a refusal": {
    ...open,
    lastActionAt: hoursAgo(30),
    firstAdMessageAt: hoursAgo(30),
    refusedAt: hoursAgo(1),
    hasHumanAgent: true,
  },
  "closed, without the feature": { ...open, lastActionAt: hoursAgo(30) },
  "closed for long": { ...open, lastActionAt: hoursAgo(24 * 8), hasHumanAgent: true },
  "closed, nobody wrote": { ...never, hasHumanAgent: true },
} satisfies Record<string, Window>;
type WindowName = keyof typeof windows;

const troubles: Record<string, { kind: TroubleKind; reason: string | null }[]> = {
  healthy: [],
  expiring: [{ kind: "expiring", reason: null }],
  warned: [{ kind: "warned", reason: null }],
  unsubscribed: [{ kind: "unsubscribed", reason: "page" }],
  "test only": [{ kind: "test_only", reason: null }],
  "without a lesser permission": [{ kind: "missing_permission", reason: "pages_read_engagement" }],
  "without permission to send": [{ kind: "missing_permission", reason: "pages_messaging" }],
  restricted: [{ kind: "restricted", reason: null }],
  revoked: [{ kind: "revoked", reason: "tokenInvalid" }],
};
/** Meta takes nothing from a page in one of these. */
const stopping = ["without permission to send", "restricted", "revoked"];

const MB = 1024 * 1024;
export const messages = {
  "a text": { kind: "text", text: "Hello" },
  "a text of blanks": { kind: "text", text: " \n\t" },
  "a text of two messages": { kind: "text", text: "x".repeat(2001) },
  "a text of six messages": { kind: "text", text: "x".repeat(10_001) },
  "a picture": { kind: "media", file: { bytes: 8 * MB, contentType: "image/png" } },
  "a picture of 9 MB": { kind: "media", file: { bytes: 9 * MB, contentType: "image/png" } },
  "a file": { kind: "media", file: { bytes: 25 * MB, contentType: "application/pdf" } },
  "a file of 26 MB": { kind: "media", file: { bytes: 26 * MB, contentType: "application/pdf" } },
  "an empty file": { kind: "media", file: { bytes: 0, contentType: null } },
  "a program": { kind: "media", file: { bytes: 100, contentType: "application/x-elf" } },
  "a reaction": { kind: "reaction" },
  "a sign": { kind: "sign" },
} satisfies Record<string, Outgoing>;
type MessageName = keyof typeof messages;

export const people = {
  ordinary: { isStopped: false, isUnreachable: false },
  stopped: { isStopped: true, isUnreachable: false },
  unreachable: { isStopped: false, isUnreachable: true },
  both: { isStopped: true, isUnreachable: true },
};

const senders: Sender[] = ["person", "automation"];
const platforms: Platform[] = ["messenger", "instagram"];

export type Facts = {
  sender: Sender;
  platform: Platform;
  window: WindowName;
  control: ControlState;
  page: string;
  person: keyof typeof people;
  message: MessageName;
};

const names = <T extends object>(record: T) => Object.keys(record) as (keyof T)[];

export function* everyCase(): Generator<Facts> {
  for (const sender of senders)
    for (const platform of platforms)
      for (const window of names(windows))
        for (const control of controlStates)
          for (const page of names(troubles))
            for (const person of names(people))
              for (const message of names(messages)) yield { sender, platform, window, control, page, person, message };
}

const ordinary: Facts = {
  sender: "person",
  platform: "messenger",
  window: "free",
  control: "ours",
  page: "healthy",
  person: "ordinary",
  message: "a text",
};
const all: { [Fact in keyof Facts]: readonly Facts[Fact][] } = {
  sender: senders,
  platform: platforms,
  window: names(windows),
  control: controlStates,
  page: names(troubles),
  person: names(people),
  message: names(messages),
};

/** The ordinary case with any two facts changed to anything. */
export function casesOfTwo(): Facts[] {
  const facts = names(all);
  const changes = facts.flatMap((fact) => all[fact].map((value) => ({ fact, change: { [fact]: value } })));
  return changes.flatMap((one) =>
    changes
      .filter(({ fact }) => facts.indexOf(fact) > facts.indexOf(one.fact))
      .map(({ change }) => ({ ...ordinary, ...one.change, ...change })),
  );
}

function judge(facts: Facts) {
  return judgeReply({
    sender: facts.sender,
    platform: facts.platform,
    window: windows[facts.window],
    control: holder(facts.control),
    troubles: troubles[facts.page] ?? [],
    person: people[facts.person],
    message: messages[facts.message],
    now,
  });
}

export function holder(state: ControlState, expiresAt: Date | null = null): Control {
  return { state, appId: null, since: hoursAgo(2), expiresAt, source: "handover" };
}

const isSignal = ({ message }: Facts) => message === "a reaction" || message === "a sign";
const isUnreachable = ({ person }: Facts) => person === "unreachable" || person === "both";
const isStopped = ({ person }: Facts) => person === "stopped" || person === "both";
const isHuman = ({ window }: Facts) => window.startsWith("human");

/** Meta's and our rules, one line each, the first that holds decides. */
export const rules: [why: string, holds: (facts: Facts) => boolean][] = [
  ["empty", ({ message }) => message === "a text of blanks"],
  ["too_long", ({ message }) => message === "a text of six messages"],
  ["picture_too_large", ({ message }) => message === "a picture of 9 MB"],
  ["file_too_large", ({ message }) => message === "a file of 26 MB"],
  ["file_empty", ({ message }) => message === "an empty file"],
  ["file_refused", ({ message }) => message === "a program"],
  ["leadgen", ({ control }) => control === "leadgen"],
  ["stopped", (facts) => facts.sender === "automation" && isStopped(facts)],
  ["unreachable", (facts) => isUnreachable(facts) && (facts.sender === "automation" || isSignal(facts))],
  ["closed", ({ window }) => window.startsWith("closed")],
  ["closed", (facts) => isHuman(facts) && facts.sender === "automation"],
  ["free_only", (facts) => isHuman(facts) && isSignal(facts)],
  ["page_inbox", ({ control }) => control === "page_inbox"],
  ["other_app", ({ control }) => control === "other_app"],
  ["page_stopped", (facts) => stopping.includes(facts.page) && isSignal(facts)],
];

export function expected(facts: Facts): string {
  const refusal = rules.find(([, holds]) => holds(facts))?.[0];
  if (refusal !== undefined) return refusal;
  const permit = isHuman(facts) ? "HUMAN_AGENT" : "RESPONSE";
  return stopping.includes(facts.page) ? `${permit}, waiting` : permit;
}

export function told(facts: Facts): string {
  const judgement = judge(facts);
  if (!judgement.allowed) return judgement.why;
  const { terms, isHeld } = judgement;
  const permit = terms.phase === "human" ? terms.tag : terms.messagingType;
  return isHeld ? `${permit}, waiting` : permit;
}
