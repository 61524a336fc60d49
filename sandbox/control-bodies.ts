import { z } from "zod";
import { graphFaults } from "./graph-faults.ts";
import { id, text, time, where } from "./values.ts";
import { endings } from "./world.ts";

/** What the control interface accepts. */
const count = z.number().int().min(0).max(100_000);

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
const attachmentKind = z.enum(["image", "video", "audio", "file", "sticker", "fallback", "location"]);
export const messageBody = z.strictObject({
  ...where,
  text: text.optional(),
  choice: z.number().int().min(0).optional(),
  attachment: attachmentKind.optional(),
  attachments: z.array(attachmentKind).min(1).max(10).optional(),
  referral: z.strictObject({ adId: id.optional(), ref: z.string().max(2083).optional() }).optional(),
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
  downSince: time.optional(),
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
  drop: z.boolean().optional(),
  dropDeliveries: count.optional(),
  delayMs: z.number().int().min(0).max(3_600_000).optional(),
  clear: z.boolean().optional(),
  ...graphFaults,
});
