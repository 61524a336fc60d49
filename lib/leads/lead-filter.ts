/**
 * The filter words of the inbox: one reading of the address for the list, its counts and the export.
 * An address may be old, cut or typed by hand, so reading never throws: what it does not understand it
 * leaves out and names, and the door decides whether that is a note on the screen or a refusal.
 */
import { z } from "zod";
import { controlStates } from "#lib/threads/control.ts";
import { leadReasons, leadStatuses, stages } from "./lead.ts";
import { isMoment } from "./time-span.ts";

export const windowWords = ["free", "probable", "human", "closed", "closing"] as const;
export const workStates = ["open", "done"] as const;
export const leadSorts = ["newest", "waiting", "closing", "-newest", "-waiting", "-closing"] as const;

export type WindowWord = (typeof windowWords)[number];
export type LeadSort = (typeof leadSorts)[number];

const MAX_VALUES = 100;
const MAX_SEARCH = 200;

const metaId = z.string().regex(/^[\w-]{1,64}$/);
const agent = z.union([z.enum(["me", "none"]), z.guid().toLowerCase()]);
const moment = z.string().refine(isMoment);

const oneOf = {
  status: z.enum(leadStatuses),
  reason: z.enum(leadReasons),
  stage: z.enum(stages),
  assignee: agent,
  page: metaId,
  ad: metaId,
  window: z.enum(windowWords),
  control: z.enum(controlStates),
  state: z.enum(workStates),
};

export const leadFilter = z.strictObject({
  status: z.array(oneOf.status),
  reason: z.array(oneOf.reason),
  stage: z.array(oneOf.stage),
  /** `me`, `none` or the ids of agents. */
  assignee: z.array(oneOf.assignee),
  page: z.array(oneOf.page),
  ad: z.array(oneOf.ad),
  q: z.string().max(MAX_SEARCH),
  from: moment.nullable(),
  to: moment.nullable(),
  window: z.array(oneOf.window),
  control: z.array(oneOf.control),
  state: z.array(oneOf.state),
  sort: z.enum(leadSorts),
});
export type LeadFilter = z.infer<typeof leadFilter>;

export type FilterParams = URLSearchParams | Record<string, string | string[] | undefined>;

export const leadFilterWords = leadFilter.keyof().options;

export function emptyLeadFilter(): LeadFilter {
  return {
    status: [],
    reason: [],
    stage: [],
    assignee: [],
    page: [],
    ad: [],
    q: "",
    from: null,
    to: null,
    window: [],
    control: [],
    state: [],
    sort: "newest",
  };
}

/** The filter an address asks for, and the words of it that were left out. */
export function parseLeadFilter(params: FilterParams): { filter: LeadFilter; rejected: string[] } {
  const rejected: string[] = [];
  const raw = (word: string) => valuesOf(params, word).filter((value) => value.trim() !== "");

  const many = <T extends string>(word: string, value: z.ZodType<T>): T[] => {
    const kept = new Set<T>();
    for (const text of raw(word).flatMap((part) => part.split(","))) {
      const trimmed = text.trim();
      const parsed = value.safeParse(trimmed);
      if (parsed.success && kept.size < MAX_VALUES) kept.add(parsed.data);
      else if (trimmed !== "") rejected.push(`${word}=${trimmed}`);
    }
    return [...kept].sort();
  };
  const one = <T extends string, F>(word: string, value: z.ZodType<T>, otherwise: F): T | F => {
    const [text, ...more] = raw(word).map((each) => each.trim());
    for (const extra of more) rejected.push(`${word}=${extra}`);
    if (text === undefined) return otherwise;
    const parsed = value.safeParse(text);
    if (parsed.success) return parsed.data;
    rejected.push(`${word}=${text}`);
    return otherwise;
  };

  const filter: LeadFilter = {
    status: many("status", oneOf.status),
    reason: many("reason", oneOf.reason),
    stage: many("stage", oneOf.stage),
    assignee: many("assignee", oneOf.assignee),
    page: many("page", oneOf.page),
    ad: many("ad", oneOf.ad),
    // PostgreSQL takes no NUL in text, and nobody searches for one.
    q: one(
      "q",
      z
        .string()
        .transform((text) => text.replaceAll("\0", ""))
        .pipe(z.string().max(MAX_SEARCH)),
      "",
    ),
    from: one("from", moment, null),
    to: one("to", moment, null),
    window: many("window", oneOf.window),
    control: many("control", oneOf.control),
    state: many("state", oneOf.state),
    sort: one("sort", z.enum(leadSorts), "newest"),
  };
  return { filter, rejected };
}

/** The same filter is always the same address; what is default is left out. */
export function leadFilterParams(filter: LeadFilter): URLSearchParams {
  const usual = emptyLeadFilter();
  const params = new URLSearchParams();

  for (const word of leadFilterWords) {
    const value = filter[word];
    const text = Array.isArray(value) ? [...new Set(value)].sort().join(",") : (value ?? "");
    if (text !== "" && text !== usual[word]) params.set(word, text);
  }
  return params;
}

function valuesOf(params: FilterParams, word: string): string[] {
  if (params instanceof URLSearchParams) return params.getAll(word);
  const value = Object.hasOwn(params, word) ? params[word] : undefined;
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
