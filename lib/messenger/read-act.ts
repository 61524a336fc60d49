import { contentKey, eventKey } from "./event-key.ts";
import type { AccountLinking, FormSubmitted, OrderPlaced } from "./meta-event.ts";
import { readMetaId } from "./meta-id.ts";
import { readText } from "./storable-text.ts";
import type { Item } from "./webhook-place.ts";
import { accountLinkingPart, formPart, orderPart } from "./webhook-schema.ts";

/** What a person can do in a thread besides writing: link an account, send a form off, order something. */
export function readAccountLinking(part: Record<string, unknown>, { base, time }: Item): AccountLinking | null {
  const { status } = accountLinkingPart.parse(part);
  if (status !== "linked" && status !== "unlinked") return null;
  const key = eventKey("account_linking", [base.psid, status, time]);
  return { kind: "account_linking", ...base, key, isLinked: status === "linked" };
}

export function readForm(part: Record<string, unknown>, { base, time }: Item): FormSubmitted | null {
  const { id: formId } = formPart.parse(part);
  if (formId === null) return null;
  return { kind: "form", ...base, key: eventKey("form", [base.psid, formId, time]), formId };
}

/** Meta's shapes of orders differ; what they share are products with a name and how many of each. */
export function readOrder(part: Record<string, unknown>, { base, time }: Item): OrderPlaced {
  const { products, note } = orderPart.parse(part);
  const items = products.map((product) => ({
    name: readText(product.name) ?? readText(product.title) ?? readMetaId(product.id) ?? "",
    quantity: readText(product.quantity),
  }));
  return { kind: "order", ...base, key: contentKey("order", [base.psid, time], [items, note]), items, note };
}
