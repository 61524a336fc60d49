/**
 * What may be said of an error in a log or a row: its class and code. Its own words may quote what people
 * wrote, and those of the database client quote whole queries.
 */
export function faultName(cause: unknown): string {
  if (!(cause instanceof Error)) return "failed";
  const codes = codesOf(cause).filter((code) => /^[\w.-]{1,40}$/.test(code));
  return [cause.name, ...new Set(codes)].join(" ").slice(0, 200);
}

/** The error's code and those of what it stands for: the database's own code is the most telling. */
export function codesOf(cause: unknown): string[] {
  const codes: string[] = [];
  let at: unknown = cause;
  for (let depth = 0; depth < 6 && typeof at === "object" && at !== null; depth += 1) {
    for (const field of ["code", "originalCode"]) {
      const code: unknown = Reflect.get(at, field);
      if (typeof code === "string") codes.push(code);
    }
    at = Reflect.get(at, "cause") ?? deeper(at);
  }
  return codes;
}

/** Prisma hands on what its driver said under `meta`. */
function deeper(at: object): unknown {
  const meta: unknown = Reflect.get(at, "meta");
  return typeof meta === "object" && meta !== null ? Reflect.get(meta, "driverAdapterError") : undefined;
}
