/**
 * Why a reply or a thread action did not go as asked: Meta's errors, and our own judgement before Meta is
 * asked. Each has a sentence under `lead.error`.
 */
import { graphErrorWords } from "#lib/messenger/graph-error-table.ts";
import { controlRefusals } from "./control-refusal.ts";
import { replyRefusals } from "./reply-policy.ts";

export const reasonWords = [
  ...graphErrorWords,
  ...controlRefusals,
  ...replyRefusals,
  "newer_message",
  "file_gone",
  "earlier_part",
  "not_arrived",
  "page_waits",
  "sending_paused",
  "before_restore",
] as const;

type ReasonWord = (typeof reasonWords)[number];

/** A word we have no sentence for is told as such, never shown as a sentence. */
export function reasonWord(reason: string | null): ReasonWord | "other" {
  return reasonWords.find((word) => word === reason) ?? "other";
}
