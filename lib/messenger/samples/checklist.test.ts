import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type SampleName, sampleNames } from "./read-sample.ts";

/**
 * What an integration with Messenger has to have been tried with, and where ours is: a sample, or a test where no one
 * delivery can show it.
 */
const checklist: readonly (readonly [string, ...(SampleName | `${string}.test.ts`)[]])[] = [
  ["lead complete, ids as texts, seconds", "lead-complete"],
  ["lead complete, ids as numbers, milliseconds", "lead-complete-numbers"],
  ["lead incomplete without answers, with one, with several", "lead-incomplete-no-answers", "lead-incomplete-one-answer", "lead-incomplete"],
  ["each delivered twice", "lib/inbound/repeats-and-failures.db.test.ts"],
  ["summary before referral", "app/api/messenger/webhook/three-signals.db.test.ts"],
  ["handover only", "lead-handover", "lead-handover-incomplete"],
  ["handover with its context on the entry", "lead-handover", "lead-handover-object-on-entry"],
  ["handover with its context in the item", "lead-handover-context-in-item", "lead-handover-array-in-item"],
  ["handover from nobody", "handover-from-idle"],
  ["lead without its answers", "lead-without-answers"],
  ["a question asked twice, of 300 characters, with emoji, right to left, a line break in the answer", "lead-odd-answers"],
  ["an ad's id of 18 digits as a number", "lead-complete-numbers", "referral-ad"],
  ["two pages in one delivery", "two-pages"],
  ["an unknown page", "lib/inbound/bad-input.db.test.ts"],
  ["standby: text, echo, postback without payload", "standby-message", "standby-echo", "standby-postback"],
  ["echo before the answer to the send", "worker/settling.db.test.ts"],
  ["echo of the Page Inbox, both spellings of its id", "echo-page-inbox", "echo-page-inbox-short-id"],
  ["sticker as picture and sticker, and alone", "message-sticker-twice", "message-sticker"],
  ["fallback without a payload", "message-fallback-null", "message-attachments"],
  ["attachment without text", "message-attachments", "message-every-attachment"],
  ["unsent, unsupported", "message-deleted", "message-unsupported"],
  ["edit with its number as a text", "message-edit", "message-edit-number"],
  ["reaction taken back without an emoji", "reaction-taken-back"],
  ["delivery without a time, without messages", "receipts", "delivery-without-mids"],
  ["a visitor of a plugin as sender", "message-user-ref", "optin-user-ref"],
  ["policy block, both spellings", "policy-block", "policy-block-older"],
  ["feedback without the entry's id", "feedback"],
  ["label added, removed", "label-added", "label-added-again", "label-removed"],
  ["instant form: ids of Meta's test", "instant-form-test"],
  ["instant form: organic, several changes in one entry", "instant-form-leads"],
  ["Instagram: text, reply to a story, seen, handover", "instagram-message", "instagram-story-reply", "instagram-seen", "instagram-handover"],
  ["Instagram: as changes", "instagram-change-message", "instagram-change-seen", "instagram-change-handover", "instagram-change-referral"],
  ["message as a text", "smoke-test"],
  ["no entries", "empty-entry"],
  ["signature wrong, missing, SHA-1 only; body with @ and \\u00e4", "lib/messenger/signature.test.ts", "app/api/messenger/webhook/door.db.test.ts"],
  ["a thousand events in one delivery", "lib/messenger/read-webhook.property.test.ts"],
  ["the address proved: right, wrong token, nothing, hostile challenge", "app/api/messenger/webhook/door.db.test.ts"],
];

test.each(checklist)("%s", (...[, ...places]) => {
  for (const place of places) {
    const isThere = place.endsWith(".test.ts")
      ? existsSync(join(import.meta.dirname, "../../..", place))
      : sampleNames.some((name) => name === place);
    expect(isThere, place).toBe(true);
  }
});
