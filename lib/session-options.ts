/**
 * How we connect: the address, and settings of ours for each session. Those an operator has put into the address stay,
 * where ours do not say otherwise; left in the address they would silently replace ours.
 */
export function sessionOptions(address: string, own: string): { connectionString: string; options: string } {
  if (!URL.canParse(address)) return { connectionString: address, options: own };
  const url = new URL(address);
  const given = url.searchParams.get("options") ?? "";
  url.searchParams.delete("options");
  return { connectionString: url.href, options: `${given} ${own}`.trim() };
}
