import { z } from "zod";
import { readMetaId } from "./meta-id.ts";
import { readText } from "./storable-text.ts";

/**
 * What Graph answers. Read with lossless-json.ts first, because ids come as numbers here, too; codes come as numbers,
 * and as strings from some gateways.
 */
const idField = z.unknown().optional().transform(readMetaId);
const textField = z.unknown().optional().transform(readText);
const codeField = z
  .unknown()
  .optional()
  .transform((value) => {
    const code = Number(readMetaId(value));
    return Number.isSafeInteger(code) && code > 0 ? code : null;
  });

/** An accepted message. Without its id the answer proves nothing, so it does not parse. */
export const sendAnswer = z
  .object({ message_id: idField, recipient_id: idField })
  .transform(({ message_id, recipient_id }, context) => {
    if (message_id !== null) return { mid: message_id, psid: recipient_id };
    context.addIssue({ code: "custom", message: "no message_id" });
    return z.NEVER;
  });

/** An action carried out. One page of Meta's documentation prints the word in quotes. */
export const successAnswer = z.object({ success: z.union([z.literal(true), z.literal("true")]) });

const errorBody = z.object({
  error: z.object({
    code: codeField,
    error_subcode: codeField,
    is_transient: z.unknown().optional(),
    fbtrace_id: textField,
    message: textField,
  }),
});

/** `message` is Meta's own sentence: for logs an operator reads, never to decide by. */
export type GraphErrorBody = {
  code: number | null;
  subcode: number | null;
  isTransient: boolean;
  fbtraceId: string | null;
  message: string | null;
};

const NO_BODY: GraphErrorBody = { code: null, subcode: null, isTransient: false, fbtraceId: null, message: null };

/** The error a body carries. A body that is no Graph error, a proxy's page say, is one without a code. */
export function readGraphError(body: unknown): GraphErrorBody {
  const read = errorBody.safeParse(body);
  if (!read.success) return NO_BODY;
  const { code, error_subcode, is_transient, fbtrace_id, message } = read.data.error;
  return {
    code,
    subcode: error_subcode,
    isTransient: is_transient === true || is_transient === "true",
    fbtraceId: fbtrace_id,
    message,
  };
}
