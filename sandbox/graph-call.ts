import { z } from "zod";
import { GraphError, refusals } from "./graph-errors.ts";
import type { Token } from "./graph-world.ts";
import type { Meta } from "./meta.ts";
import type { Page, UnclearKind } from "./world.ts";

/** One call of the Graph API as its endpoints see it: who asks, for which object and edge, with what. */
export type Caller =
  | { kind: "app" }
  | { kind: "user"; token: Token; scopes: string[] }
  | { kind: "page"; token: Token; scopes: string[]; page: Page };

export type UploadedFile = { name: string; fileName: string; type: string; bytes: Buffer };

export type Call = {
  meta: Meta;
  method: string;
  /** `me` is resolved already. */
  object: string;
  edge: string | null;
  params: Record<string, unknown>;
  files: UploadedFile[];
  caller: Caller;
  at: number;
};

export type Reply = { json: unknown; fault?: UnclearKind };

/** Answers what it knows, and null for what is not its own. */
export type Endpoint = (call: Call) => Reply | null | Promise<Reply | null>;

export const success: Reply = { json: { success: true } };

export function readParam<T>(schema: z.ZodType<T>, params: unknown): T {
  const result = schema.safeParse(params);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw refusals.invalid(`Param ${issue?.path.join(".") || "body"}: ${issue?.message ?? "invalid"}.`);
}

/** A parameter that is an object: JSON bodies carry it as such, forms and queries as text. */
export function embedded<T>(schema: z.ZodType<T>) {
  return z.preprocess((value) => {
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  }, schema);
}

/** A list of words, as a list or parted by commas. */
export const words = z.preprocess(
  (value) => (typeof value === "string" ? value.replace(/^\[|\]$|"/g, "").split(",") : value),
  z.array(z.string().trim()).transform((list) => list.filter((word) => word !== "")),
);

/** The page this call is about, when its object is a page. Page tokens know their own page only. */
export function pageOf(call: Call): Page | null {
  const { caller, object, meta } = call;
  if (caller.kind === "page") return caller.page.id === object ? caller.page : null;
  if (caller.kind === "user" && !caller.token.pageIds.includes(object)) return null;
  return meta.world.pages.find(({ id }) => id === object) ?? null;
}

/** As `pageOf`, for what only the page itself may do. */
export function asPage(call: Call): Page | null {
  const page = pageOf(call);
  if (page !== null && call.caller.kind !== "page") {
    throw new GraphError(190, null, "This method must be called with a Page Access Token.", 401);
  }
  return page;
}

/** The page whose token this is; for objects that are not pages themselves. */
export function callingPage(call: Call): Page {
  if (call.caller.kind === "page") return call.caller.page;
  throw new GraphError(190, null, "This method must be called with a Page Access Token.", 401);
}

/** Any one of these permissions will do; the refusal names the first. */
export function need({ caller }: Call, ...anyOf: [string, ...string[]]): void {
  if (caller.kind === "app" || anyOf.some((permission) => caller.scopes.includes(permission))) return;
  throw refusals.missingPermission(anyOf[0]);
}

/** Whether the caller may see this page's people, ads and leads. */
export function reaches({ caller }: Call, pageId: string): boolean {
  return caller.kind === "app" || caller.token.pageIds.includes(pageId);
}

/** A cut of a list, as Meta pages: cursors always, `next` only while there is more. */
export function paged<T>(call: Call, list: readonly T[], cursorOf: (item: T) => string, most = 25) {
  const { limit = most, after } = readParam(
    z.object({ limit: z.coerce.number().int().min(1).max(500).optional(), after: z.string().optional() }),
    { limit: call.params.limit, after: call.params.after },
  );
  const encode = (item: T) => Buffer.from(cursorOf(item)).toString("base64url");
  const begin = after === undefined ? 0 : list.findIndex((item) => encode(item) === after) + 1;
  if (after !== undefined && begin === 0) throw refusals.invalid("Invalid cursors values");
  const data = list.slice(begin, begin + limit);
  const [first] = data;
  const last = data.at(-1);
  if (first === undefined || last === undefined) return { data, paging: undefined };
  const cursors = { before: encode(first), after: encode(last) };
  const hasMore = begin + data.length < list.length;
  return { data, paging: { cursors, ...(hasMore ? { next: nextAddress(call, limit, cursors.after) } : {}) } };
}

/** Meta's `next` is the whole call again, token included. */
function nextAddress({ meta, object, edge, params, caller }: Call, limit: number, after: string): string {
  const url = new URL(`${meta.address()}/v26.0/${object}${edge === null ? "" : `/${edge}`}`);
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === "string" && name !== "appsecret_proof") url.searchParams.set(name, value);
  }
  if (caller.kind !== "app") url.searchParams.set("access_token", caller.token.token);
  url.searchParams.set("limit", String(limit));
  url.searchParams.set("after", after);
  return url.href;
}
