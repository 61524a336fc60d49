import type { Answer } from "#lib/leads/lead.ts";
import { answerParts } from "#lib/leads/phone-and-email.ts";

/** A way to reach the person outside Messenger, found in an answer. */
export type Contact = { kind: "phone" | "email"; text: string; href: string };

export function contactsOf(answers: readonly Answer[], country: string): Contact[] {
  const contacts = new Map<string, Contact>();
  for (const { kind, text, href } of answers.flatMap((answer) => answerParts(answer, country))) {
    if ((kind === "phone" || kind === "email") && href !== null) contacts.set(href, { kind, text, href });
  }
  return [...contacts.values()];
}
