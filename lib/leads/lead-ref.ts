/**
 * How one lead is named everywhere: its page and its id together, written `pageId.id` where it is text.
 * The page comes first because that is the column customer data is spread and found by.
 */
import { z } from "zod";

export type LeadRef = { pageId: string; id: string };

const PAGE_ID = /^\d{1,32}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function formatLeadRef(ref: LeadRef): string {
  return `${ref.pageId}.${ref.id}`;
}

/** A reference from an address bar is a claim; whatever does not have the shape is null. */
export function parseLeadRef(text: string): LeadRef | null {
  const dot = text.indexOf(".");
  if (dot < 0) return null;

  const pageId = text.slice(0, dot);
  const id = text.slice(dot + 1).toLowerCase();
  return PAGE_ID.test(pageId) && UUID.test(id) ? { pageId, id } : null;
}

/** The same for what a browser sends with an action. */
export const leadRef = z
  .string()
  .max(100)
  .transform((text, context) => {
    const ref = parseLeadRef(text);
    if (ref === null) context.addIssue({ code: "custom", message: "not a lead reference" });
    return ref ?? z.NEVER;
  });
