import { z } from "zod";
import { calm } from "./graph-world.ts";
import { pageOf } from "./meta.ts";
import { unsubscribePage } from "./subscriptions.ts";
import { latestSerial } from "./tokens.ts";
import type { World } from "./world.ts";

/** Troubles of the Graph side on order: tokens, permissions, limits, subscriptions. */
const id = z.coerce.string().regex(/^\d{1,30}$/, "must be digits");
const time = z.union([z.number().positive(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))]);
const permission = z.strictObject({ pageId: id, permission: z.string().min(1) });

export const graphFaults = {
  subcode: z.number().int().default(460),
  expireToken: id.optional(),
  at: time.optional(),
  removePermission: permission.optional(),
  restorePermission: permission.optional(),
  notLive: z.boolean().optional(),
  testers: z.array(id).optional(),
  restrictPage: id.optional(),
  liftRestriction: id.optional(),
  minutes: z.number().positive().optional(),
  usage: z
    .strictObject({
      pageId: id,
      percent: z.number().int().min(0).max(200),
      minutes: z.number().int().min(0).default(5),
    })
    .optional(),
  retryAfter: z.number().int().min(0).optional(),
  conversationBurst: z.number().int().min(0).optional(),
  mediaGone: z.boolean().optional(),
  unsubscribePage: id.optional(),
  unsubscribeApp: z.boolean().optional(),
  removeField: z
    .strictObject({ layer: z.enum(["page", "app"]), pageId: id.optional(), field: z.string().min(1) })
    .optional(),
};
const body = z.object({
  ...graphFaults,
  clear: z.boolean().optional(),
  times: z.number().int().default(1),
  revokeToken: id.optional(),
  restoreToken: id.optional(),
});
type Wanted = z.infer<typeof body>;

/** The body is checked already. */
export function orderGraphFaults(world: World, checked: Wanted, now: number): void {
  if (checked.clear === true) calm(world);
  orderTokens(world, checked, now);
  orderPermissions(world, checked);
  orderLimits(world, checked, now);
  orderSubscriptions(world, checked);
}

function orderTokens(world: World, wanted: Wanted, now: number): void {
  const { graph } = world;
  const serial = latestSerial(world);
  if (wanted.revokeToken !== undefined) {
    graph.revoked[pageOf(world, wanted.revokeToken).id] = { serial, subcode: wanted.subcode };
  }
  if (wanted.expireToken !== undefined) {
    graph.expiring[pageOf(world, wanted.expireToken).id] = { serial, at: wanted.at ?? now };
  }
  if (wanted.restoreToken !== undefined) {
    delete graph.revoked[wanted.restoreToken];
    delete graph.expiring[wanted.restoreToken];
  }
}

function orderPermissions({ graph }: World, { removePermission: gone, restorePermission: back }: Wanted): void {
  if (gone !== undefined) {
    const before = graph.removedPermissions[gone.pageId] ?? [];
    graph.removedPermissions[gone.pageId] = [...new Set([...before, gone.permission])];
  }
  if (back === undefined) return;
  const left = (graph.removedPermissions[back.pageId] ?? []).filter((name) => name !== back.permission);
  graph.removedPermissions[back.pageId] = left;
}

function orderLimits(world: World, wanted: Wanted, now: number): void {
  const { graph } = world;
  if (wanted.notLive !== undefined) graph.testers = wanted.notLive ? (wanted.testers ?? []) : null;
  if (wanted.restrictPage !== undefined) {
    const until = wanted.minutes === undefined ? Number.MAX_SAFE_INTEGER : now + wanted.minutes * 60_000;
    graph.restrictedUntil[pageOf(world, wanted.restrictPage).id] = until;
  }
  if (wanted.liftRestriction !== undefined) delete graph.restrictedUntil[wanted.liftRestriction];
  if (wanted.usage !== undefined) {
    const { pageId, percent, minutes } = wanted.usage;
    graph.usage[pageOf(world, pageId).id] = { percent, minutes };
  }
  if (wanted.retryAfter !== undefined) graph.retryAfter = { seconds: wanted.retryAfter, times: wanted.times };
  graph.conversationBurst = wanted.conversationBurst ?? graph.conversationBurst;
  graph.isMediaGone = wanted.mediaGone ?? graph.isMediaGone;
}

function orderSubscriptions(world: World, { unsubscribePage: pageId, unsubscribeApp, removeField }: Wanted): void {
  const { graph } = world;
  if (pageId !== undefined) unsubscribePage(world, pageOf(world, pageId).id);
  if (unsubscribeApp === true) graph.appSubscriptions = [];
  if (removeField === undefined) return;
  const { layer, field } = removeField;
  const without = (fields: string[]) => fields.filter((name) => name !== field);
  if (layer === "app") {
    graph.appSubscriptions = graph.appSubscriptions.map((app) => ({ ...app, fields: without(app.fields) }));
    return;
  }
  for (const page of world.pages) {
    const fields = graph.pageSubscriptions[page.id];
    if (fields !== undefined && (removeField.pageId ?? page.id) === page.id) {
      graph.pageSubscriptions[page.id] = without(fields);
    }
  }
}

/** What is in trouble now, as every order is answered. */
export function viewGraphFaults({ graph }: World) {
  const { revoked, expiring, removedPermissions, testers, restrictedUntil, usage, retryAfter, isMediaGone } = graph;
  return { revoked, expiring, removedPermissions, testers, restrictedUntil, usage, retryAfter, isMediaGone };
}
