/** The token by which an app speaks for itself: about other tokens, and about its own subscriptions. */
export function appToken(appId: string, secrets: readonly string[]): string | null {
  const [secret] = secrets;
  return appId === "" || secret === undefined ? null : `${appId}|${secret}`;
}
