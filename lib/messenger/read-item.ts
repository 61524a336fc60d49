import type { MetaEvent } from "./meta-event.ts";
import { readMetaId } from "./meta-id.ts";
import { eventTime, readMetaTime } from "./meta-time.ts";
import { readAccountLinking, readForm, readOrder } from "./read-act.ts";
import { readEdit } from "./read-edit.ts";
import { readFeedback, readResponseFeedback } from "./read-feedback.ts";
import { readHandover } from "./read-handover.ts";
import { readMessage } from "./read-message.ts";
import { readOptin } from "./read-optin.ts";
import { readAppRoles, readPolicy } from "./read-page-notice.ts";
import { readPostback } from "./read-postback.ts";
import { readReaction } from "./read-reaction.ts";
import { readDelivery, readRead } from "./read-receipt.ts";
import { readReferral } from "./read-referral.ts";
import { isRecord } from "./record.ts";
import { type Item, NO_PAGE, type PageItem, type Place, unknownEvent } from "./webhook-place.ts";
import { party } from "./webhook-schema.ts";

/** Makes an event of the part that gave the item its kind, or null when that part lacks something it cannot do without. */
type Part = Record<string, unknown>;
type Reader =
  | { of: "person"; read: (part: Part, item: Item) => MetaEvent | null }
  /** Of the page as a whole: such items may have no sender. */
  | { of: "page"; read: (part: Part, item: PageItem) => MetaEvent | null };

const person = (read: (part: Part, item: Item) => MetaEvent | null): Reader => ({ of: "person", read });
const page = (read: (part: Part, item: PageItem) => MetaEvent | null): Reader => ({ of: "page", read });

/** An item is of the first kind here that it has a part of, in Meta's own order. */
const KINDS: readonly (readonly [string, Reader])[] = [
  ["message", person(readMessage)],
  ["message_edit", person(readEdit)],
  ["reaction", person(readReaction)],
  ["postback", person(readPostback)],
  ["referral", person(readReferral)],
  ["pass_thread_control", person((part, item) => readHandover("pass", part, item))],
  ["take_thread_control", person((part, item) => readHandover("take", part, item))],
  ["request_thread_control", person((part, item) => readHandover("request", part, item))],
  ["app_roles", page(readAppRoles)],
  ["delivery", person(readDelivery)],
  ["read", person(readRead)],
  ["optin", person(readOptin)],
  ["messaging_feedback", person(readFeedback)],
  ["response_feedback", person(readResponseFeedback)],
  ["policy_enforcement", page(readPolicy)],
  // How older deliveries spell it.
  ["policy-enforcement", page(readPolicy)],
  ["account_linking", person(readAccountLinking)],
  ["form", person(readForm)],
  ["order", person(readOrder)],
];

/** The names under which an older version may have kept what this one understands. */
export const understoodKinds: readonly string[] = [
  ...KINDS.map(([kind]) => kind),
  "echo_deleted",
  "inbox_labels",
  "leadgen",
  "test",
];

const ENVELOPE: readonly string[] = ["sender", "recipient", "timestamp", "hop_context"];

export function readItem(fields: unknown, place: Place): MetaEvent {
  if (!isRecord(fields)) return unknownEvent("item", fields, place);

  const [kind, reader] = kindOf(fields);
  const { pageId, psid } = partiesOf(fields, place);
  const part = fields[kind];
  if (reader !== null && isRecord(part)) {
    const at = eventTime([fields.timestamp, place.entryTime], place.receivedAt);
    const { position, channel, platform } = place;
    const base = { pageId, at, position, channel, platform };
    const item = { fields, place, time: readMetaTime(fields.timestamp) };
    const event = readAs(reader, part, item, base, psid);
    if (event !== null) return event;
  }
  const known = kind.replace("policy-enforcement", "policy_enforcement");
  // Plugins on websites name a visitor, not a person of the page's: there is no thread this could stand in.
  const what = psid === null && hasUserRef(fields) ? `${known}_user_ref` : known;
  return unknownEvent(what, fields, place, { pageId, psid, timestamp: fields.timestamp });
}

function readAs(
  reader: Reader,
  part: Part,
  item: Omit<Item, "base">,
  base: Omit<Item["base"], "psid">,
  psid: string | null,
): MetaEvent | null {
  if (reader.of === "page") return reader.read(part, { ...item, base: { ...base, psid: null } });
  return psid === null ? null : reader.read(part, { ...item, base: { ...base, psid } });
}

function hasUserRef({ sender, optin }: Record<string, unknown>): boolean {
  return [sender, optin].some((one) => isRecord(one) && readMetaId(one.user_ref) !== null);
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
