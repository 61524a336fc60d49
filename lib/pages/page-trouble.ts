import { z } from "zod";

/**
 * What can be wrong with a connected page, worst first. `warned` is a notice of Meta's that stops nothing yet.
 * `reason` of missing_permission is the worst missing one, of unsubscribed the layer ("app" | "page"), of revoked and
 * restricted a word of Meta's errors. lib/pages/sendable-pages.ts says the same rules to the database.
 */
export const troubleKinds = [
  "revoked",
  "restricted",
  "missing_permission",
  "unsubscribed",
  "test_only",
  "expiring",
  "warned",
] as const;
export type TroubleKind = (typeof troubleKinds)[number];

export type Trouble = { kind: TroubleKind; since: Date; reason: string | null; data: TroubleData };

export type PageState = "healthy" | Exclude<TroubleKind, "warned">;

/** Without this one nothing may be written; without the others something else is amiss. */
export const SEND_PERMISSION = "pages_messaging";
/** No permission of the token's: somebody has to accept Meta's terms about contacts, once. Only labels need it. */
export const CONTACT_TERMS = "contact_terms";
export const INSTAGRAM_SEND_PERMISSION = "instagram_manage_messages";

const time = z.iso.datetime().transform((text) => new Date(text));
const troubleData = z.object({
  /** missing_permission: all of them. unsubscribed: what Meta does not send. */
  names: z.array(z.string()).catch([]).default([]),
  /** expiring: when the token, or the access to people's data, ends. */
  expiresAt: time.nullable().catch(null).default(null),
  /** restricted: when the next reply may try again, and how long the wait before it was. */
  probeAt: time.nullable().catch(null).default(null),
  pauseMs: z.number().nullable().catch(null).default(null),
});
export type TroubleData = z.output<typeof troubleData>;

export const troubleKind = z.enum(troubleKinds);

/** A row of page_trouble as it is used; what an older version wrote oddly reads as nothing. */
export function readTrouble(row: { kind: string; since: Date; reason: string | null; data: unknown }): Trouble {
  const data = troubleData.safeParse(row.data);
  return {
    kind: troubleKind.parse(row.kind),
    since: row.since,
    reason: row.reason,
    data: data.success ? data.data : troubleData.parse({}),
  };
}

export function bySeverity(a: { kind: TroubleKind }, b: { kind: TroubleKind }): number {
  return troubleKinds.indexOf(a.kind) - troubleKinds.indexOf(b.kind);
}

/** The one word for a page: its worst trouble. */
export function pageState(troubles: readonly { kind: TroubleKind }[]): PageState {
  const worst = troubles.filter(({ kind }) => kind !== "warned").toSorted(bySeverity)[0]?.kind;
  return worst === undefined || worst === "warned" ? "healthy" : worst;
}

type Stopping = { kind: TroubleKind; reason: string | null };

/** Whether replies may leave. A restricted page's wait until the next try; see sendable-pages.ts. */
export function maySend(troubles: readonly Stopping[]): boolean {
  return !troubles.some(
    ({ kind, reason }) =>
      kind === "revoked" ||
      kind === "restricted" ||
      (kind === "missing_permission" && (reason === SEND_PERMISSION || reason === INSTAGRAM_SEND_PERMISSION)),
  );
}

/** Whether Meta would answer our questions at all. */
export function mayRead(troubles: readonly { kind: TroubleKind }[]): boolean {
  return !troubles.some(({ kind }) => kind === "revoked");
}

const MINUTE = 60 * 1000;
const FIRST_PROBE_MS = 30 * MINUTE;
const LONGEST_PROBE_MS = 240 * MINUTE;

/** How long a restricted page is left alone before one reply tries again: longer each time. */
export function nextProbeMs(lastMs: number | null): number {
  return lastMs === null ? FIRST_PROBE_MS : Math.min(lastMs * 2, LONGEST_PROBE_MS);
}
