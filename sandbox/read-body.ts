import { z } from "zod";
import { Refusal } from "./meta.ts";

/** The body as the schema wants it, or a sentence on what is wrong with it. */
export function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new Refusal(400, z.prettifyError(result.error).replaceAll("\n", " "));
}
