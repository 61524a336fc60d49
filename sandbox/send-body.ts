import { z } from "zod";
import { embedded } from "./graph-call.ts";

/** What `POST /{page}/messages` takes. Forms with a file carry the objects as text. */
const quickReply = z.object({
  content_type: z.string().optional(),
  title: z.string().optional(),
  payload: z.string().max(1000).optional(),
});
const attachment = z.object({
  type: z.enum(["image", "video", "audio", "file", "template"]),
  payload: z
    .looseObject({
      url: z.string().optional(),
      attachment_id: z.coerce.string().optional(),
      is_reusable: z.union([z.boolean(), z.string()]).optional(),
      template_type: z.string().optional(),
      text: z.string().optional(),
      form_id: z.coerce.string().optional(),
    })
    .default({}),
});
export type WantedAttachment = z.infer<typeof attachment>;

export const messageContents = z.object({
  text: z.string().optional(),
  attachment: attachment.optional(),
  attachments: z.array(attachment).min(1).max(30).optional(),
  quick_replies: z.array(quickReply).max(13).optional(),
  metadata: z.string().optional(),
});

export const sendBody = z.object({
  recipient: embedded(z.object({ id: z.coerce.string() })),
  messaging_type: z.enum(["RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY"]).default("RESPONSE"),
  tag: z.string().optional(),
  message: embedded(messageContents.optional()).optional(),
  reply_to: embedded(z.object({ mid: z.string() }).optional()).optional(),
  notification_type: z.enum(["REGULAR", "SILENT_PUSH", "NO_PUSH"]).optional(),
  persona_id: z.coerce.string().optional(),
  sender_action: z.enum(["typing_on", "typing_off", "mark_seen", "react", "unreact"]).optional(),
  payload: embedded(z.object({ message_id: z.string(), reaction: z.string().optional() }).optional()).optional(),
  thread_control: embedded(
    z
      .object({ control_type: z.enum(["pass", "release"]).default("release"), app_id: z.coerce.string().optional() })
      .optional(),
  ).optional(),
});
export type SendBody = z.infer<typeof sendBody>;
