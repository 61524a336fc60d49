import { bySeverity, CONTACT_TERMS, maySend, type Trouble, type TroubleKind } from "./page-trouble.ts";

/** What people are told about a page that is not well: since when, until when, and the one thing that repairs it. */
export type PageNotice = {
  kind: TroubleKind | "disconnected" | "paused";
  since: Date | null;
  /** A restricted or resting page's next try; an expiring token's end. */
  until: Date | null;
  reason: string | null;
  names: string[];
};

export type Repair = "reconnect" | "resubscribe" | "check" | "none";

/** Shorter rests are over before anybody has read of them. */
const WORTH_TELLING_MS = 60 * 1000;

export type PageWell = { connectedAt: Date | null; pausedUntil: Date | null; troubles: readonly Trouble[] };

/** All that is to be said, worst first. A page nobody connected has one notice only. */
export function pageNotices({ connectedAt, pausedUntil, troubles }: PageWell, now: Date): PageNotice[] {
  if (connectedAt === null) return [{ kind: "disconnected", since: null, until: null, reason: null, names: [] }];
  const told = troubles.toSorted(bySeverity).map(
    ({ kind, since, reason, data }): PageNotice => ({
      kind,
      since,
      until: data.probeAt ?? data.expiresAt,
      reason,
      names: data.names,
    }),
  );
  const isResting = pausedUntil !== null && pausedUntil.getTime() - now.getTime() > WORTH_TELLING_MS;
  const rest: PageNotice = { kind: "paused", since: null, until: pausedUntil, reason: null, names: [] };
  return isResting ? [...told, rest] : told;
}

/** Replies wait while one of these stands. */
export function stopsReplies({ kind, reason }: PageNotice): boolean {
  if (kind === "disconnected" || kind === "paused") return true;
  return !maySend([{ kind, reason }]);
}

export function repairOf({ kind, reason }: Pick<PageNotice, "kind" | "reason">): Repair {
  if (reason === CONTACT_TERMS) return "check";
  switch (kind) {
    case "disconnected":
    case "revoked":
    case "missing_permission":
    case "expiring":
      return "reconnect";
    case "unsubscribed":
      return "resubscribe";
    case "test_only":
      return "check";
    case "restricted":
    case "paused":
    case "warned":
      return "none";
  }
}
