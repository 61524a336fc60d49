const HERE = "http://here.invalid";
const HOME = "/leads";

/** Where to go after signing in: a path of ours or the leads. Parsed as a browser would, never matched. */
export function localPath(wish: string | string[] | undefined): string {
  if (typeof wish !== "string" || !wish.startsWith("/") || !URL.canParse(wish, HERE)) return HOME;
  const address = new URL(wish, HERE);
  if (address.origin !== HERE || address.pathname.startsWith("//")) return HOME;
  if (/^\/(api|sign-in)(\/|$)/.test(address.pathname)) return HOME;
  return address.pathname + address.search + address.hash;
}
