import { z } from "zod";
import { endings } from "./world.ts";

/** What the control interface accepts. */
const time = z.union([z.number().positive(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))]);
const id = z.coerce.string().regex(/^\d{1,30}$/, "must be digits");
const text = z.string().min(1).max(20_000);
const count = z.number().int().min(0).max(100_000);
const where = { pageId: id, psid: id };

export const resetBody = z.strictObject({ seed: z.string().optional() });
export const startBody = z.strictObject({ adId: id, psid: id.optional(), name: text.optional() });
export const answerBody = z.strictObject({
  ...where,
  text: text.optional(),
  choice: z.number().int().min(0).optional(),
  skip: z.literal(true).optional(),
});
export const remindBody = z.strictObject({ ...where, at: time.optional() });
export const endBody = z.strictObject({
  ...where,
  ending: z.enum(["abandoned", "interrupted_by_inbox"]),
  text: text.optional(),
});
export const flowBody = z.strictObject({
  adId: id,
  psid: id.optional(),
  name: text.optional(),
  ending: z.enum(endings),
  endedAt: time.optional(),
  answers: z.array(text).max(100).optional(),
});
export const messageBody = z.strictObject({
  ...where,
  text: text.optional(),
  choice: z.number().int().min(0).optional(),
  attachment: z.enum(["image"]).optional(),
  replyToMid: z.string().optional(),
  at: time.optional(),
});
export const readBody = z.strictObject({ ...where, at: time.optional() });
export const outsiderBody = z.strictObject({
  ...where,
  action: z.enum(["reply", "take", "pass", "request", "grant", "release"]),
  text: text.optional(),
  at: time.optional(),
});
export const seedBody = z.strictObject({
  count: count.min(1),
  from: time.optional(),
  to: time.optional(),
  days: z.number().positive().max(365).default(9),
  seed: z.string().default("week"),
  batch: count.min(1).max(1000).default(50),
});
export const deliveryBody = z.strictObject({
  hold: z.boolean().optional(),
  down: z.boolean().optional(),
  repeat: count.max(20).optional(),
  shuffle: z.boolean().optional(),
  batch: count.min(1).max(1000).optional(),
});
export const idleBody = z.strictObject({ timeoutMs: z.coerce.number().int().min(0).max(600_000).default(10_000) });
export const faultsBody = z.strictObject({
  unclear: z.enum(["timeout", "error500", "cut", "html"]).optional(),
  throttle: z.union([z.literal(4), z.literal(613)]).optional(),
  times: count.min(1).default(1),
  accepted: z.boolean().default(true),
  revokeToken: id.optional(),
  restoreToken: id.optional(),
  dropEchoes: count.optional(),
  clear: z.boolean().optional(),
});
