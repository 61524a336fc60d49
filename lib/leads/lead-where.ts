import { z } from "zod";
import type { Viewer } from "#lib/agents/viewer.ts";
import type { Prisma } from "#lib/generated/prisma/client.ts";
import type { ControlState } from "#lib/threads/control.ts";
import type { LeadFilter, WindowWord } from "./lead-filter.ts";
import { searchNeedle } from "./search-text.ts";
import { timeSpan } from "./time-span.ts";
import { visibleTo } from "./visible-to.ts";

const CLOSING_MS = 2 * 60 * 60 * 1000;

/** The inbox's filter words as a condition, one reading for the list, its counts and the export. */
export function leadWhere(filter: LeadFilter, viewer: Viewer, now: Date, timeZone: string): Prisma.LeadWhereInput {
  const { from, to } = timeSpan(filter, timeZone);
  const needle = searchNeedle(filter.q);
  return {
    AND: [
      visibleTo(viewer),
      ...some(filter.page, (page) => ({ pageId: { in: page } })),
      ...some(filter.status, (status) => ({ status: { in: status } })),
      ...some(filter.reason, (reason) => ({ reason: { in: reason } })),
      ...some(filter.stage, (stage) => ({ stage: { in: stage } })),
      ...some(filter.ad, (ad) => ({ adId: { in: ad } })),
      ...some(filter.assignee, (assignee) => anyOf(assignee, (word) => assignedTo(word, viewer))),
      ...some(filter.window, (words) => anyOf(words, (word) => windowIs(word, now))),
      ...some(filter.control, (states) => anyOf(states, (state) => controlIs(state, now))),
      ...some(filter.state, (states) =>
        anyOf(states, (state) => (state === "done" ? { doneAt: { not: null } } : { doneAt: null })),
      ),
      ...(from === null ? [] : [{ at: { gte: from } }]),
      ...(to === null ? [] : [{ at: { lt: to } }]),
      ...(needle === "" ? [] : [found(needle)]),
    ],
  };
}

function some<T>(values: readonly T[], condition: (values: T[]) => Prisma.LeadWhereInput): Prisma.LeadWhereInput[] {
  return values.length === 0 ? [] : [condition([...values])];
}

function anyOf<T>(values: readonly T[], condition: (value: T) => Prisma.LeadWhereInput): Prisma.LeadWhereInput {
  return { OR: values.map(condition) };
}

function assignedTo(word: string, viewer: Viewer): Prisma.LeadWhereInput {
  if (word === "none") return { assigneeId: null };
  return { assigneeId: word === "me" ? viewer.agentId : word };
}

const over = (column: "freeUntil" | "probableUntil" | "humanUntil", now: Date): Prisma.LeadWhereInput => ({
  OR: [{ [column]: null }, { [column]: { lte: now } }],
});

function windowIs(word: WindowWord, now: Date): Prisma.LeadWhereInput {
  switch (word) {
    case "free":
      return { freeUntil: { gt: now } };
    case "probable":
      return { AND: [over("freeUntil", now), { probableUntil: { gt: now } }] };
    case "human":
      return { AND: [over("freeUntil", now), over("probableUntil", now), { humanUntil: { gt: now } }] };
    case "closed":
      return { AND: [over("freeUntil", now), over("probableUntil", now), over("humanUntil", now)] };
    case "closing":
      return { freeUntil: { gt: now, lte: new Date(now.getTime() + CLOSING_MS) } };
  }
}

/** What has lapsed is idle, although nobody wrote it down. */
function controlIs(state: ControlState, now: Date): Prisma.LeadWhereInput {
  if (state === "idle") return { thread: { is: { OR: [{ control: "idle" }, { controlExpiresAt: { lte: now } }] } } };
  return { thread: { is: { control: state, OR: [{ controlExpiresAt: null }, { controlExpiresAt: { gt: now } }] } } };
}

const leadId = z.uuid();

function found(needle: string): Prisma.LeadWhereInput {
  const said: Prisma.LeadWhereInput = { search: { is: { text: { contains: escapeLike(needle) } } } };
  return leadId.safeParse(needle).success ? { OR: [{ id: needle }, said] } : said;
}

/** `contains` becomes LIKE, where these three have a meaning of their own. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
