import { isTimeZone } from "#lib/leads/zoned-time.ts";

/** A zone from a cookie is a claim: only names this runtime knows are used. */
export function chooseTimeZone(claimed: string | undefined): string {
  return claimed !== undefined && isTimeZone(claimed) ? claimed : "UTC";
}
