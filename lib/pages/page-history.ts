/**
 * What happened to a page, told on its screen. `data` holds the words the sentence needs, never texts of people and
 * never a token:
 * connected { by: "login" | "token" } · disconnected {} · trouble { kind, reason, names } · repaired { kind } ·
 * resubscribed { layer, names } · paused { until, percent } · changed { names } ·
 * gap { since, until } · reconciled { since, until, threads, messages, leads, cutShort, hidden, unread, unlisted,
 * again, notRecoverable } ·
 * replayed { deliveries, event, why } · forms_read { leads } · policy { action, reason } · test_received { field } · roles_changed {}.
 */
export const pageHistoryKinds = [
  "connected",
  "disconnected",
  "trouble",
  "repaired",
  "resubscribed",
  "paused",
  "changed",
  "gap",
  "reconciled",
  "forms_read",
  "policy",
  "test_received",
  "roles_changed",
  "replayed",
] as const;
export type PageHistoryKind = (typeof pageHistoryKinds)[number];

export type PageHistoryData = Record<string, string | number | string[] | null>;
