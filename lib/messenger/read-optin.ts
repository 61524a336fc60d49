import { eventKey } from "./event-key.ts";
import type { OptIn } from "./meta-event.ts";
import { readMetaTime } from "./meta-time.ts";
import type { Item } from "./webhook-place.ts";
import { optinPart } from "./webhook-schema.ts";

/**
 * The person allowed notifications on a topic, or stopped or resumed them. Older forms name a `ref` instead. The
 * tokens stay in the kept bytes: nothing here sends with them.
 */
export function readOptin(part: Record<string, unknown>, { time, base }: Item): OptIn {
  const read = optinPart.parse(part);
  const topic = read.payload ?? read.ref ?? read.type;
  const action = actionOf(read.notification_messages_status);
  return {
    kind: "optin",
    ...base,
    key: eventKey("optin", [base.psid, topic, action, time]),
    action,
    topic,
    title: read.title,
    expiresAt: readMetaTime(read.token_expiry_timestamp),
  };
}

function actionOf(status: string | null): OptIn["action"] {
  if (status !== null && /stop/i.test(status)) return "stop";
  return status !== null && /resume/i.test(status) ? "resume" : "opt_in";
}
