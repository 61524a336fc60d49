import { z } from "zod";
import { readAnswers } from "./answers.ts";
import { readAttachments, readWebUrl } from "./attachments.ts";
import { readAdId, readMetaId } from "./meta-id.ts";
import { isRecord } from "./record.ts";
import { readText, storableText } from "./storable-text.ts";

/**
 * The parts of a webhook item we use, from Meta's words into ours. Loose with what Meta adds or leaves out: a field
 * of the wrong type reads as missing, because the rest of the event is still true. Each reader decides what it
 * cannot do without.
 */
const field = <T>(read: (value: unknown) => T) => z.unknown().optional().transform(read);
const part = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);

const id = field(readMetaId);
const text = field(readText);
const isTrue = field((value) => value === true || value === "true");
const list = field((value): unknown[] => (Array.isArray(value) ? value : []));

const records = field((value) => (Array.isArray(value) ? value.filter(isRecord) : []));

const adReferral = z.object({
  ad_id: field(readAdId),
  ref: text,
  source: text,
  product: part(z.object({ id })),
  ads_context_data: part(
    z.object({
      ad_title: text,
      post_id: id,
      photo_url: field(readWebUrl),
      video_url: field(readWebUrl),
    }),
  ),
});

export type AdReferral = z.output<typeof adReferral>;

/** Who wrote to whom. On echoes the sender is the page. */
export const party = part(z.object({ id }));

export const messagePart = z.object({
  mid: id,
  text,
  attachments: field(readAttachments),
  quick_reply: part(z.object({ payload: text })),
  reply_to: part(z.object({ mid: id, story: part(z.object({ id, url: field(readWebUrl) })) })),
  commands: records.transform((commands) => commands.map(({ name }) => readText(name)).filter((name) => name !== null)),
  referral: part(adReferral),
  is_echo: isTrue,
  is_deleted: isTrue,
  is_unsupported: isTrue,
  app_id: id,
  metadata: text,
});

export const referralPart = adReferral.extend({ type: text });

/** Stands beside the referral, not inside it. */
export const leadPart = part(z.object({ data: field(readAnswers) }));

export const handoverPart = z.object({
  previous_owner_app_id: id,
  new_owner_app_id: id,
  requested_owner_app_id: id,
  metadata: text,
});

export const postbackPart = z.object({ mid: id, title: text, payload: text, referral: part(adReferral) });

export const deliveryPart = z.object({
  mids: list.transform((mids) => mids.map(readMetaId).filter((mid) => mid !== null)),
  watermark: z.unknown().optional(),
});

export const readPart = z.object({ mid: id, watermark: z.unknown().optional() });

export const reactionPart = z.object({ mid: id, action: text, emoji: text, reaction: text });

/** Documented as a number, exampled as text. */
const count = field((value) => {
  const number = Number(readMetaId(value));
  return Number.isSafeInteger(number) && number > 0 && number < 1_000 ? number : null;
});

export const editPart = z.object({ mid: id, text, num_edit: count });

export const labelPart = z.object({
  user: z.object({ id }),
  action: text,
  label: z.object({ id, page_label_name: text }),
});

export const optinPart = z.object({
  type: text,
  payload: text,
  ref: text,
  title: text,
  notification_messages_status: text,
  token_expiry_timestamp: z.unknown().optional(),
});

const feedbackQuestion = z.object({ type: text, payload: text, follow_up: part(z.object({ payload: text })) });

export const feedbackPart = z.object({
  feedback_screens: records.transform((screens) =>
    screens.flatMap(({ questions }) =>
      Object.entries(isRecord(questions) ? questions : {}).flatMap(([name, question]) => {
        const read = feedbackQuestion.safeParse(question);
        return read.success ? [{ id: storableText(name), ...read.data }] : [];
      }),
    ),
  ),
});

export const responseFeedbackPart = z.object({ mid: id, feedback: text });

export const accountLinkingPart = z.object({ status: text });

export const formPart = z.object({ id });

export const orderPart = z.object({ products: records, note: text });

export const policyPart = z.object({ action: text, reason: text });

export const leadgenPart = z.object({
  leadgen_id: id,
  form_id: id,
  page_id: id,
  ad_id: field(readAdId),
  /** The old name of the ad's id. */
  adgroup_id: field(readAdId),
  created_time: z.unknown().optional(),
});
