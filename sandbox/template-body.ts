import { z } from "zod";

/** A lead ad with its message template, as the control interface speaks of it. */
const id = z.coerce.string().regex(/^\d{1,30}$/, "must be digits");
const text = z.string().min(1).max(2000);

const choice = z.strictObject({
  text: z.string().min(1).max(300),
  disqualifies: z.boolean().optional(),
  nextStepId: z.string().optional(),
});

const step = z.strictObject({
  id: z.string().min(1).max(40),
  type: z.enum(["question", "disqualify"]).default("question"),
  question: text,
  reply: z.enum(["text", "choices", "email", "phone", "city"]).default("text"),
  choices: z.array(choice).max(13).optional(),
  allowSkip: z.boolean().optional(),
});
export type TemplateStep = z.infer<typeof step>;

const shape = {
  adTitle: text,
  body: z.string().max(2000),
  language: z.enum(["de", "en"]),
  photo: z.string().max(1000),
  intro: text,
  steps: z.array(step).min(1).max(60),
  confirmation: text,
  reminder: text.nullable(),
  disqualifyText: text,
  connectedAppId: id.nullable(),
  sendSummary: z.boolean(),
  allowInterrupt: z.boolean(),
  stopKeywords: z.array(z.string().min(1).max(100)).max(20),
  stopMessage: text.nullable(),
  blockSendApi: z.boolean(),
  labels: z.boolean(),
  /** Meta reads whatever is not 1 to 7 as one day. */
  controlDays: z.number().int(),
  name: z.string().max(200),
  effectiveStatus: z.string().max(40),
  adsetId: id,
  adsetName: z.string().max(200),
  campaignId: id,
  campaignName: z.string().max(200),
  namesAllowed: z.boolean(),
};

export const template = z.strictObject({ adId: id, pageId: id, ...shape });
export type AdTemplate = z.infer<typeof template>;
export const templateBody = template.partial();
export type TemplateBody = z.infer<typeof templateBody>;
export const newTemplateBody = templateBody.required({ pageId: true, adTitle: true }).omit({ adId: true });
export type NewTemplateBody = z.infer<typeof newTemplateBody>;
