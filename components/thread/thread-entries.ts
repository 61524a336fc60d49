/**
 * A thread as lines in the order they happened: messages, the ad's questions that came to us only as
 * answers, notes, control changes, other leads of the person, and a line for each new day.
 */
import type { Answer } from "#lib/leads/lead.ts";
import { readLeadLabel } from "#lib/leads/lead-label.ts";
import type { LeadNote, LeadPage, LeadSibling } from "#lib/leads/lead-page.ts";
import { plainText } from "#lib/leads/plain-text.ts";
import type { ControlEvent } from "#lib/threads/control-history.ts";
import type { ThreadNoticeLine } from "#lib/threads/notice.ts";
import type { ThreadMessage, ThreadPage } from "#lib/threads/thread-page.ts";

export type ThreadEntry =
  | { kind: "day"; key: string; at: Date }
  | { kind: "message"; key: string; at: Date; message: ThreadMessage; isContinued: boolean }
  | { kind: "questions"; key: string; at: Date; answers: Answer[] }
  | { kind: "question" | "answer"; key: string; at: Date; text: string }
  | { kind: "note"; key: string; at: Date; note: LeadNote }
  | { kind: "control"; key: string; at: Date; event: ControlEvent }
  | { kind: "referral"; key: string; at: Date; ref: string | null; isAd: boolean }
  | { kind: "notice"; key: string; at: Date; notice: ThreadNoticeLine }
  | { kind: "sibling"; key: string; at: Date; sibling: LeadSibling };

type Source = Pick<LeadPage, "at" | "reason" | "answers" | "notes" | "siblings"> & {
  thread: Pick<ThreadPage, "messages" | "controlEvents" | "referrals" | "notices">;
};

/** One author's messages within this time stand together under one name. */
const CONTINUED_MS = 5 * 60_000;
/** A lead's end may be reported a little before its last message is. */
const SLACK_MS = 60_000;

/** Of two lines with one time, the cause stands first. */
const rank: Record<ThreadEntry["kind"], number> = {
  day: 0,
  questions: 1,
  referral: 1,
  question: 2,
  message: 3,
  answer: 4,
  sibling: 5,
  control: 6,
  notice: 7,
  note: 8,
};

export function threadEntries(lead: Source, dayOf: (at: Date) => string): ThreadEntry[] {
  const questions = new Set(lead.answers.map(({ question }) => plainText(question)));
  // Meta's history does not say who asked; what the lead tells as a question was one.
  const isQuestion = ({ from, text }: ThreadMessage) => from === "page" && questions.has(plainText(text ?? ""));
  const entries: ThreadEntry[] = [
    ...questionEntries(lead),
    ...lead.thread.messages
      .filter(isShown)
      .map((message) => (isQuestion(message) ? { ...message, from: "leadgen" as const } : message))
      .map((message) => ({ kind: "message" as const, key: message.id, at: message.at, message, isContinued: false })),
    ...lead.thread.controlEvents.map((event) => ({
      kind: "control" as const,
      key: `control:${event.key}`,
      at: event.at,
      event,
    })),
    ...lead.thread.referrals.map(({ key, at, ref, adId }) => ({
      kind: "referral" as const,
      key: `referral:${key}`,
      at,
      ref,
      isAd: adId !== null,
    })),
    ...lead.thread.notices.filter(isNews).map((notice) => ({
      kind: "notice" as const,
      key: `notice:${notice.key}`,
      at: notice.at,
      notice,
    })),
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

/** Labels that Meta itself puts on leads say what the status says; they stand among the facts. */
function isNews(notice: ThreadNoticeLine): boolean {
  return notice.kind !== "label" || readLeadLabel(notice.data.name) === null;
}

/**
 * The lead's questions and answers, as far as they did not come as messages: one that belongs to a message
 * stands beside it, the others stand together where the asking began.
 */
function questionEntries(lead: Source): ThreadEntry[] {
  const asked = lead.thread.messages.filter(({ from }) => from !== "person");
  const spoken = lead.thread.messages.filter(
    ({ from, at }) => from === "person" && at.getTime() <= lead.at.getTime() + SLACK_MS,
  );
  const pairs = lead.answers.map(({ question, answer }) => ({
    question,
    answer,
    asked: takeFirst(asked, question),
    spoken: takeFirst(spoken, answer),
  }));

  const untold = pairs.filter((pair) => pair.asked === null && pair.spoken === null);
  const times = pairs.flatMap((pair) => [pair.asked?.at.getTime() ?? [], pair.spoken?.at.getTime() ?? []].flat());
  const at = new Date(Math.min(lead.at.getTime(), ...keywordTimes(lead, spoken), ...times));
  return [
    ...(untold.length === 0 ? [] : [{ kind: "questions" as const, key: "questions", at, answers: untold }]),
    ...pairs.flatMap((pair, index): ThreadEntry[] => {
      if (pair.asked === null && pair.spoken !== null) {
        return [{ kind: "question", key: `question:${index}`, at: pair.spoken.at, text: pair.question }];
      }
      if (pair.asked !== null && pair.spoken === null && pair.answer !== "") {
        return [{ kind: "answer", key: `answer:${index}`, at: pair.asked.at, text: pair.answer }];
      }
      return [];
    }),
  ];
}

/** A keyword ended the questions just before the lead's own time: it stands behind them. */
function keywordTimes({ at, reason }: Source, unmatched: readonly ThreadMessage[]): number[] {
  if (reason !== "stopped") return [];
  const times = unmatched
    .map((message) => message.at.getTime())
    .filter((time) => Math.abs(time - at.getTime()) <= SLACK_MS);
  return times.length === 0 ? [] : [Math.max(...times) - 1];
}

/** The first message with these words, taken out so that a second "Yes" finds the second one. */
function takeFirst(messages: ThreadMessage[], text: string): ThreadMessage | null {
  const index = messages.findIndex((message) => plainText(message.text ?? "") === plainText(text));
  return index < 0 ? null : (messages.splice(index, 1)[0] ?? null);
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
