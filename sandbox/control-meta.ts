import { z } from "zod";
import type { Act } from "./control-acts.ts";
import { sendTest, testedFields } from "./dashboard.ts";
import { Refusal, threadOf } from "./meta.ts";
import { enforce, submitForm } from "./meta-acts.ts";
import { oddities, tellOddity } from "./oddities.ts";
import { read } from "./read-body.ts";
import { tellLabel } from "./tell.ts";
import { id, text, time, where } from "./values.ts";
import { viewThread } from "./view.ts";

/** What Meta and the page's people do besides the questions, by route. */
const at = time.optional();
const policy = z.strictObject({
  pageId: id,
  action: z.enum(["warning", "block", "unblock"]),
  reason: text.optional(),
  oldKey: z.boolean().default(false),
  at,
});
const label = z.strictObject({ ...where, name: z.string().min(1).max(50), action: z.enum(["add", "remove"]), at });
const values = z.union([
  z.array(z.string().max(4000)),
  z
    .string()
    .max(4000)
    .transform((one) => [one]),
]);
const form = z.strictObject({
  pageId: id,
  formId: id.optional(),
  adId: id.optional(),
  organic: z.boolean().default(false),
  test: z.boolean().default(false),
  answers: z.record(z.string(), values).default({}),
  consents: z.record(z.string(), z.boolean()).default({}),
  platform: z.enum(["fb", "ig"]).default("fb"),
  at,
});
const tested = z.strictObject({ field: z.string() });
const oddity = z.strictObject({ ...where, kind: z.string(), at });
const expired = z.strictObject(where);

export const metaActs: Record<string, Act> = {
  policy(meta, body) {
    const { pageId, action, reason, oldKey, at: when = meta.now() } = read(policy, body);
    enforce(meta, pageId, action, reason ?? "The Page sent messages outside of the allowed window.", oldKey, when);
    return { pageId, policy: action === "unblock" ? null : action };
  },

  labels(meta, body) {
    const { pageId, psid, name, action, at: when = meta.now() } = read(label, body);
    const thread = threadOf(meta.world, pageId, psid);
    if (thread.labels.includes(name) === (action === "add")) {
      throw new Refusal(409, action === "add" ? "The thread has this label." : "The thread does not have this label.");
    }
    tellLabel(meta, thread, name, action, when);
    meta.changed(thread);
    return viewThread(meta, thread);
  },

  "instant-forms/submit"(meta, body) {
    const { organic, test, at: when = meta.now(), formId, adId, ...rest } = read(form, body);
    return submitForm(meta, { ...rest, formId, adId, isOrganic: organic, isTest: test, at: when });
  },

  "test-webhook"(meta, body) {
    const { field } = read(tested, body);
    sendTest(meta, field);
    return { field, fields: testedFields };
  },

  oddities(meta, body) {
    const { pageId, psid, kind, at: when = meta.now() } = read(oddity, body);
    tellOddity(meta, threadOf(meta.world, pageId, psid), kind, when);
    return { kind, kinds: Object.keys(oddities) };
  },

  "expire-control"(meta, body) {
    const { pageId, psid } = read(expired, body);
    const thread = threadOf(meta.world, pageId, psid);
    thread.ownedUntil = meta.now();
    meta.changed(thread);
    return viewThread(meta, thread);
  },
};
