import { readFileSync } from "node:fs";

/**
 * Deliveries as Meta sends them, with invented people. They are read as bytes, because a JSON import would round the
 * long ids that some of them carry as numbers.
 */
export const sampleNames = [
  "app-roles",
  "dashboard-test",
  "delivery-without-mids",
  "echo-leadgen",
  "echo-ours",
  "echo-page-inbox",
  "echo-page-inbox-short-id",
  "echo-template",
  "empty-entry",
  "entry-of-another-kind",
  "entry-of-another-page",
  "feedback",
  "handover-from-idle",
  "handover-request",
  "handover-take",
  "handover-take-old",
  "in-thread-form",
  "instagram-handover",
  "instagram-message",
  "instagram-seen",
  "instagram-story-reply",
  "instant-form-leads",
  "instant-form-test",
  "label-added",
  "label-added-again",
  "label-removed",
  "lead-complete",
  "lead-complete-numbers",
  "lead-handover",
  "lead-handover-context-in-item",
  "lead-handover-incomplete",
  "lead-incomplete",
  "lead-incomplete-no-answers",
  "lead-incomplete-one-answer",
  "lead-odd-answers",
  "lead-without-answers",
  "message",
  "message-attachments",
  "message-deleted",
  "message-edit",
  "message-quick-reply",
  "message-sticker",
  "message-sticker-twice",
  "message-unsupported",
  "message-user-ref",
  "optin",
  "policy-block",
  "policy-block-older",
  "postback",
  "reaction",
  "reaction-taken-back",
  "receipts",
  "referral-open-thread",
  "smoke-test",
  "standby-echo",
  "standby-message",
  "standby-postback",
  "summary",
  "two-pages",
  "wrapped-postback",
] as const;
export type SampleName = (typeof sampleNames)[number];

/** The body of a delivery, byte for byte. */
export function readSample(name: SampleName): Uint8Array {
  return readFileSync(new URL(`./${name}.json`, import.meta.url));
}
