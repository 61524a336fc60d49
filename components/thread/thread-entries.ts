/**
 * A thread as lines in the order they happened: messages, the ad's questions that came to us only as
 * answers, notes, control changes, other leads of the person, and a line for each new day.
 */
import type { Answer } from "#lib/leads/lead.ts";
import type { LeadNote, LeadPage, LeadSibling } from "#lib/leads/lead-page.ts";
import { plainText } from "#lib/leads/plain-text.ts";
import type { ControlState } from "#lib/threads/control.ts";
import type { ThreadMessage, ThreadPage } from "#lib/threads/thread-page.ts";

export type ThreadEntry =
  | { kind: "day"; key: string; at: Date }
  | { kind: "message"; key: string; at: Date; message: ThreadMessage; isContinued: boolean }
  | { kind: "questions"; key: string; at: Date; answers: Answer[] }
  | { kind: "note"; key: string; at: Date; note: LeadNote }
  | { kind: "control"; key: string; at: Date; state: ControlState }
  | { kind: "sibling"; key: string; at: Date; sibling: LeadSibling };

type Source = Pick<LeadPage, "at" | "answers" | "notes" | "siblings"> & {
  thread: Pick<ThreadPage, "messages" | "controlEvents">;
};

/** One author's messages within this time stand together under one name. */
const CONTINUED_MS = 5 * 60_000;
/** A lead's end may be reported a little before its last message is. */
const SLACK_MS = 60_000;

/** Of two lines with one time, the cause stands first. */
const rank: Record<ThreadEntry["kind"], number> = { day: 0, questions: 1, message: 2, sibling: 3, control: 4, note: 5 };

export function threadEntries(lead: Source, dayOf: (at: Date) => string): ThreadEntry[] {
  const entries: ThreadEntry[] = [
    ...questionEntry(lead),
    ...lead.thread.messages
      .filter(isShown)
      .map((message) => ({ kind: "message" as const, key: message.id, at: message.at, message, isContinued: false })),
    ...controlEntries(lead.thread.controlEvents),
    ...lead.notes.map((note) => ({ kind: "note" as const, key: `note:${note.id}`, at: note.createdAt, note })),
    ...lead.siblings.map((sibling) => ({
      kind: "sibling" as const,
      key: `lead:${sibling.ref}`,
      at: sibling.at,
      sibling,
    })),
  ];
  entries.sort((a, b) => a.at.getTime() - b.at.getTime() || rank[a.kind] - rank[b.kind]);
  return withDays(entries, dayOf);
}

/** A reply taken back before it left never happened for anybody. */
function isShown(message: ThreadMessage): boolean {
  return message.reply?.state !== "cancelled";
}

/** Questions that stand in the thread as messages are not told twice. */
function questionEntry(lead: Source): ThreadEntry[] {
  const spoken = new Set(
    lead.thread.messages
      .filter(({ from, at }) => from === "person" && at.getTime() <= lead.at.getTime() + SLACK_MS)
      .map(({ text }) => plainText(text ?? "")),
  );
  const asked = new Set(
    lead.thread.messages.filter(({ from }) => from !== "person").map(({ text }) => plainText(text ?? "")),
  );
  const answers = lead.answers.filter(
    ({ question, answer }) => !asked.has(plainText(question)) || !spoken.has(plainText(answer)),
  );
  return answers.length === 0 ? [] : [{ kind: "questions", key: "questions", at: lead.at, answers }];
}

/** The same holder told twice (handover and standby, say) is one change. */
function controlEntries(events: ThreadPage["controlEvents"]): ThreadEntry[] {
  const entries: ThreadEntry[] = [];
  let before: string | null = null;
  for (const [index, event] of events.toSorted((a, b) => a.at.getTime() - b.at.getTime()).entries()) {
    const holder = `${event.state}:${event.appId ?? ""}`;
    if (holder === before) continue;
    before = holder;
    entries.push({ kind: "control", key: `control:${index}:${event.at.getTime()}`, at: event.at, state: event.state });
  }
  return entries;
}

function withDays(entries: readonly ThreadEntry[], dayOf: (at: Date) => string): ThreadEntry[] {
  const lines: ThreadEntry[] = [];
  let day = "";
  for (const entry of entries) {
    const before = lines.at(-1);
    const today = dayOf(entry.at);
    if (today !== day) lines.push({ kind: "day", key: `day:${today}`, at: entry.at });
    day = today;
    lines.push(
      entry.kind === "message"
        ? { ...entry, isContinued: continues(lines.at(-1) === before ? before : undefined, entry) }
        : entry,
    );
  }
  return lines;
}

function continues(before: ThreadEntry | undefined, { message }: { message: ThreadMessage }): boolean {
  if (before?.kind !== "message") return false;
  const { from, authorName, at } = before.message;
  return (
    from === message.from && authorName === message.authorName && message.at.getTime() - at.getTime() < CONTINUED_MS
  );
}
