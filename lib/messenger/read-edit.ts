import { eventKey } from "./event-key.ts";
import type { MessageEdit } from "./meta-event.ts";
import type { Item } from "./webhook-place.ts";
import { editPart } from "./webhook-schema.ts";

/** The person changed the text of a message; Meta counts the changes of each from 1. */
export function readEdit(part: Record<string, unknown>, { base }: Item): MessageEdit | null {
  const { mid, text, num_edit: number } = editPart.parse(part);
  if (mid === null || number === null) return null;
  return { kind: "edit", ...base, key: eventKey("edit", [mid, number]), mid, text, number };
}
