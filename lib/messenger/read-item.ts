import type { MetaEvent } from "./meta-event.ts";
import { eventTime, readMetaTime } from "./meta-time.ts";
import { readEdit } from "./read-edit.ts";
import { readHandover } from "./read-handover.ts";
import { readMessage } from "./read-message.ts";
import { readPostback } from "./read-postback.ts";
import { readReaction } from "./read-reaction.ts";
import { readDelivery, readRead } from "./read-receipt.ts";
import { readReferral } from "./read-referral.ts";
import { isRecord } from "./record.ts";
import { type Item, NO_PAGE, type Place, unknownEvent } from "./webhook-place.ts";
import { party } from "./webhook-schema.ts";

/** Makes an event of the part that gave the item its kind, or null when that part lacks something it cannot do without. */
type Reader = (part: Record<string, unknown>, item: Item) => MetaEvent | null;

/** An item is of the first kind here that it has a part of. Kinds without a reader are kept as unknown, by name. */
const KINDS: readonly (readonly [string, Reader | null])[] = [
  ["message", readMessage],
  ["message_edit", readEdit],
  ["reaction", readReaction],
  ["postback", readPostback],
  ["referral", readReferral],
  ["pass_thread_control", (part, item) => readHandover("pass", part, item)],
  ["take_thread_control", (part, item) => readHandover("take", part, item)],
  ["request_thread_control", (part, item) => readHandover("request", part, item)],
  ["app_roles", null],
  ["delivery", readDelivery],
  ["read", readRead],
  ["optin", null],
  ["messaging_feedback", null],
  ["response_feedback", null],
  ["policy_enforcement", null],
  // How older deliveries spell it.
  ["policy-enforcement", null],
  ["account_linking", null],
  ["form", null],
  ["order", null],
];

const ENVELOPE: readonly string[] = ["sender", "recipient", "timestamp", "hop_context"];

export function readItem(fields: unknown, place: Place): MetaEvent {
  if (!isRecord(fields)) return unknownEvent("item", fields, place);

  const [kind, read] = kindOf(fields);
  const { pageId, psid } = partiesOf(fields, place);
  const part = fields[kind];
  if (read !== null && psid !== null && isRecord(part)) {
    const at = eventTime([fields.timestamp, place.entryTime], place.receivedAt);
    const { position, channel, platform } = place;
    const base = { pageId, psid, at, position, channel, platform };
    const event = read(part, { fields, place, time: readMetaTime(fields.timestamp), base });
    if (event !== null) return event;
  }
  const what = kind.replace("policy-enforcement", "policy_enforcement");
  return unknownEvent(what, fields, place, { pageId, psid, timestamp: fields.timestamp });
}

function kindOf(fields: Record<string, unknown>): readonly [string, Reader | null] {
  const listed =
    KINDS.find(([kind]) => fields[kind] !== undefined && fields[kind] !== null) ??
    KINDS.find(([kind]) => Object.hasOwn(fields, kind));
  if (listed !== undefined) return listed;
  // New to us, and likely named by the part that is new.
  const part = Object.keys(fields).find((name) => name !== "" && !ENVELOPE.includes(name));
  return [part ?? "item", null];
}

/**
 * The person and the page. The page is whom the person wrote to: Meta's own example of a lead has another id on the
 * entry. On echoes the page is the sender.
 */
function partiesOf(fields: Record<string, unknown>, place: Place): { pageId: string; psid: string | null } {
  const sender = party.parse(fields.sender)?.id ?? null;
  const recipient = party.parse(fields.recipient)?.id ?? null;
  const isEcho = isRecord(fields.message) && (fields.message.is_echo === true || fields.message.is_echo === "true");
  const [page, psid] = isEcho ? [sender, recipient] : [recipient, sender];
  return { pageId: page ?? place.entryId ?? NO_PAGE, psid };
}
