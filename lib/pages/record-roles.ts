import "server-only";
import type { Tx } from "#lib/db.ts";
import type { AppRoles } from "#lib/messenger/meta-event.ts";
import { tellPageHistory } from "./tell-page-history.ts";

/** The roles of the old protocol for passing threads on changed. Routing has replaced it; what is left is the news. */
export async function recordRoles(tx: Tx, { pageId, key, at, roles }: AppRoles): Promise<void> {
  const told = roles.map(({ appId, names }) => `${appId}: ${names.join(", ")}`);
  await tellPageHistory(tx, { pageId, kind: "roles_changed", key, at, data: { roles: told } });
}
