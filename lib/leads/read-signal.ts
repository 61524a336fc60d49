import { z } from "zod";
import type { Signal } from "./fold.ts";
import { answers } from "./lead.ts";

const row = z.object({
  key: z.string(),
  kind: z.enum(["R", "S", "H"]),
  at: z.date(),
  outcome: z.enum(["complete", "incomplete"]),
  adId: z.string().nullable(),
  answers,
  text: z.string().nullable(),
  isRecovered: z.boolean(),
});

/** A row of the table signal, in the words of folding. */
export function readSignal(stored: unknown): Signal {
  return row.parse(stored);
}
