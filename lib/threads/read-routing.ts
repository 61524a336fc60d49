import { z } from "zod";

const routing = z.enum(["configured", "none"]).nullable();

/** Meta's routing for a page, from its row; null while we do not know. */
export function readRouting(word: string | null): "configured" | "none" | null {
  return routing.parse(word);
}
