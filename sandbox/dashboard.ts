import type { Json } from "./ascii-json.ts";
import { inSeconds } from "./events.ts";
import { type Meta, Refusal } from "./meta.ts";
import { tellPage } from "./tell.ts";

/** The "Test" buttons of the App Dashboard: made-up data of page "0", with times as text and in seconds. */
const ends = { sender: { id: "12334" }, recipient: { id: "23245" } };
const reactionSample = { reaction: "smile", emoji: "\u{1f606}", action: "react", mid: "test_message_id" };

const samples: Record<string, { what: string; item: { [key: string]: Json } }> = {
  messages: { what: "message", item: { message: { mid: "test_message_id", text: "test_message" } } },
  message_echoes: {
    what: "echo",
    item: { message: { mid: "test_message_id", text: "test_message", is_echo: true, app_id: 123_456 } },
  },
  messaging_postbacks: {
    what: "postback",
    item: { postback: { mid: "test_message_id", title: "Talk", payload: "TEST" } },
  },
  messaging_referrals: {
    what: "referral",
    item: { referral: { ref: "my-ref-value", source: "SHORTLINK", type: "OPEN_THREAD" } },
  },
  messaging_handovers: {
    what: "handover pass",
    item: { pass_thread_control: { new_owner_app_id: "123456789", metadata: "test" } },
  },
  message_reactions: { what: "reaction", item: { reaction: reactionSample } },
  message_edits: { what: "edit", item: { message_edit: { mid: "test_message_id", text: "test", num_edit: "1" } } },
  message_reads: { what: "read", item: { read: { watermark: 1_527_459_824_000 } } },
  message_deliveries: { what: "delivery", item: { delivery: { watermark: 1_527_459_824_000 } } },
  messaging_optins: { what: "optin", item: { optin: { type: "notification_messages", payload: "test" } } },
  messaging_policy_enforcement: { what: "policy", item: { policy_enforcement: { action: "block", reason: "test" } } },
};

export const testedFields = [...Object.keys(samples), "leadgen", "inbox_labels", "curl"];

export function sendTest(meta: Meta, field: string): void {
  const at = meta.now();
  if (field === "curl") {
    const item = { message: "TEST_MESSAGE" };
    tellPage(meta, "0", { what: "message test", entryId: "", channel: "messaging", item, at });
    return;
  }
  const { what, item } = change(field, at);
  tellPage(meta, "0", { what, entryId: "0", channel: "changes", item, at });
}

function change(field: string, at: number): { what: string; item: Json } {
  if (field === "leadgen") {
    const id = "444444444444";
    const ids = { leadgen_id: id, form_id: id, page_id: id, ad_id: "444444444", adgroup_id: "44444444444" };
    return { what: "leadgen test", item: { field, value: { ...ids, created_time: inSeconds(at) } } };
  }
  if (field === "inbox_labels") {
    const label = { id: "12345", page_label_name: "test label" };
    return { what: "label test", item: { field, value: { user: { id: "12334" }, action: "add", label } } };
  }
  const sample = samples[field];
  if (sample === undefined)
    throw new Refusal(400, `There is no test for ${field}. There is: ${testedFields.join(", ")}.`);
  const value = { ...ends, timestamp: String(inSeconds(at)), ...sample.item };
  return { what: `${sample.what} test`, item: { field, value } };
}
