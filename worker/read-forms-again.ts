import { readFormsAgain } from "#lib/inbound/read-forms-again.ts";
import type { Loop } from "./loop.ts";

/** Looks through pages' instant forms for leads nobody announced, whenever their conversations were read again. */
export const readForms: Loop = { name: "read-forms-again", step: readFormsAgain, lanes: 1, idleMs: 10_000 };
