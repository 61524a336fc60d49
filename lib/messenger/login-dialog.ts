/**
 * The address at Meta where a person lets us use their pages. With a configuration of Facebook Login for Business the
 * permissions stand in the dashboard; without one they are asked for by name.
 */
export type LoginDialog = {
  /** https://www.facebook.com, or the sandbox. */
  base: string;
  version: string;
  appId: string;
  redirectUri: string;
  /** Comes back with the answer: only what we began do we finish. */
  state: string;
  configId: string | null;
};

/** What connecting a page, answering there and reading its leads needs. */
export const loginScopes = [
  "pages_show_list",
  "pages_messaging",
  "pages_manage_metadata",
  "pages_read_engagement",
  "business_management",
  "leads_retrieval",
  "pages_manage_ads",
  "ads_management",
  "ads_read",
  "instagram_basic",
  "instagram_manage_messages",
] as const;

export function loginDialogUrl({ base, version, appId, redirectUri, state, configId }: LoginDialog): string {
  const url = new URL(`${base.replace(/\/+$/, "")}/${version}/dialog/oauth`);
  const asked = configId === null ? { scope: loginScopes.join(",") } : { config_id: configId };
  const query = { client_id: appId, redirect_uri: redirectUri, state, response_type: "code", ...asked };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
