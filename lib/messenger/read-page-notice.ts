import { contentKey, eventKey } from "./event-key.ts";
import type { AppRoles, PolicyNotice } from "./meta-event.ts";
import { readMetaId } from "./meta-id.ts";
import { readText } from "./storable-text.ts";
import type { PageItem } from "./webhook-place.ts";
import { policyPart } from "./webhook-schema.ts";

const ACTIONS: readonly PolicyNotice["action"][] = ["warning", "block", "unblock"];

/** Meta warns or blocks the page. Such items have a recipient and no sender. */
export function readPolicy(part: Record<string, unknown>, { base, time }: PageItem): PolicyNotice | null {
  const read = policyPart.parse(part);
  const action = ACTIONS.find((known) => known === read.action?.toLowerCase());
  if (action === undefined) return null;
  // One without a time is told from another by its reason.
  const key = eventKey("policy", time === null ? [action, read.reason, null] : [action, time]);
  return { kind: "policy", ...base, key, action, reason: read.reason };
}

export function readAppRoles(part: Record<string, unknown>, { base, time }: PageItem): AppRoles {
  const roles = Object.entries(part).flatMap(([app, names]) => {
    const appId = readMetaId(app);
    if (appId === null || !Array.isArray(names)) return [];
    return [{ appId, names: names.map(readText).filter((name) => name !== null) }];
  });
  return { kind: "app_roles", ...base, key: contentKey("app_roles", [time], roles), roles };
}
