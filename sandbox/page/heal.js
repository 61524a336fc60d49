/** All well again: every trouble ends, and pages that lost their subscription get it back as after a new connection. */
import { attempt } from "./acts.js";
import { tell } from "./client.js";
import { readState, store } from "./store.js";

/** What a page subscribes to when Lead Inbox connects it. */
export const allFields = [
  "messages",
  "message_echoes",
  "messaging_postbacks",
  "messaging_referrals",
  "messaging_handovers",
  "standby",
  "message_deliveries",
  "message_reads",
  "message_reactions",
  "message_edits",
  "messaging_optins",
  "messaging_feedback",
  "messaging_policy_enforcement",
  "inbox_labels",
  "leadgen",
];

export function healAll() {
  return attempt(async () => {
    await tell("/play", { stop: true });
    await tell("/faults", { clear: true });
    await tell("/delivery", { hold: false, down: false, repeat: 0, shuffle: false, batch: 1 });
    for (const { id, policy } of store.state?.pages ?? []) {
      if (policy !== null) await tell("/policy", { pageId: id, action: "unblock" });
    }
    for (const { pageId, fields } of store.state?.subscriptions.pages ?? []) {
      if (allFields.some((field) => !fields.includes(field))) await subscribe(pageId);
    }
    if (store.story?.name === "outage") store.story = { ...store.story, stage: "looked" };
    await readState();
  });
}

/** The product's own call, with the page's own token. @param {string} pageId */
async function subscribe(pageId) {
  const asked = new URLSearchParams({
    subscribed_fields: allFields.join(","),
    access_token: `sandbox-page-token-${pageId}`,
  });
  const response = await fetch(`/v26.0/${pageId}/subscribed_apps`, { method: "POST", body: asked });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
}
