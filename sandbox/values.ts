import { z } from "zod";

/** What the bodies of the control interface are made of. */
export const time = z.union([
  z.number().positive(),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
]);
export const id = z.coerce.string().regex(/^\d{1,30}$/, "must be digits");
export const text = z.string().min(1).max(20_000);
export const where = { pageId: id, psid: id };
