import type { Json } from "./ascii-json.ts";
import { inSeconds } from "./events.ts";
import type { Ad } from "./world-ads.ts";

/** What a person does besides writing, in Meta's own shapes. */
type Item = { [key: string]: Json };
type Ends = { pageId: string; psid: string };

const fromPerson = ({ pageId, psid }: Ends) => ({ sender: { id: psid }, recipient: { id: pageId } });

const words: Record<string, string> = {
  "❤": "love",
  "😆": "smile",
  "😮": "wow",
  "😢": "sad",
  "😠": "angry",
  "👍": "like",
  "👎": "dislike",
};

/** Null takes the reaction back; which one it was is then not said. */
export function reaction(ends: Ends, mid: string, emoji: string | null, at: number): Item {
  const kind = emoji === null ? {} : { reaction: words[emoji.replace("\ufe0f", "")] ?? "other", emoji };
  return {
    ...fromPerson(ends),
    timestamp: at,
    reaction: { ...kind, action: emoji === null ? "unreact" : "react", mid },
  };
}

/** Every second count of edits is text. */
export function edit(ends: Ends, mid: string, text: string, count: number, at: number): Item {
  return {
    ...fromPerson(ends),
    timestamp: at,
    message_edit: { mid, text, num_edit: count % 2 === 0 ? String(count) : count },
  };
}

export function unsent(ends: Ends, mid: string, at: number): Item {
  return { ...fromPerson(ends), timestamp: at, message: { mid, is_deleted: true } };
}

/** From where a thread was opened (again): a link of the page, or an ad. */
export function opening(ad: Ad | null, ref: string | null): Item {
  return {
    ...(ref === null ? {} : { ref }),
    ...(ad === null
      ? { source: "SHORTLINK" }
      : {
          ad_id: ad.id,
          source: "ADS",
          ads_context_data: { ad_title: ad.title, post_id: ad.postId, photo_url: ad.photoUrl },
        }),
    type: "OPEN_THREAD",
  };
}

export function openReferral(ends: Ends, ad: Ad | null, ref: string | null, at: number): Item {
  return { ...fromPerson(ends), timestamp: at, referral: opening(ad, ref) };
}

/** Without a payload it is what others than the button's sender see. */
export function postback(ends: Ends, mid: string, title: string, payload: string | null, at: number): Item {
  return {
    ...fromPerson(ends),
    timestamp: at,
    postback: { mid, title, ...(payload === null ? {} : { payload }) },
  };
}

export type OptIn = { topic: string; token: string; action: "opt_in" | "stop" | "resume" };

export function optIn(ends: Ends, { topic, token, action }: OptIn, at: number): Item {
  const status = action === "stop" ? "STOP NOTIFICATIONS" : "RESUME NOTIFICATIONS";
  return {
    ...fromPerson(ends),
    timestamp: at,
    optin: {
      type: "notification_messages",
      payload: topic,
      notification_messages_token: token,
      notification_messages_timezone: "Europe/Berlin",
      token_expiry_timestamp: at + 365 * 24 * 60 * 60 * 1000,
      user_token_status: "NOT_REFRESHED",
      ...(action === "opt_in" ? {} : { notification_messages_status: status }),
      title: topic,
    },
  };
}

/** Without a time of its own, as Meta's example has it. */
export function feedback(ends: Ends, score: number, text: string | null): Item {
  const more = text === null ? {} : { follow_up: { type: "free_form", payload: text } };
  return {
    ...fromPerson(ends),
    messaging_feedback: {
      feedback_screens: [
        { screen_id: 0, questions: { q_service_1: { type: "csat", payload: String(score), ...more } } },
      ],
    },
  };
}

/** Nobody sent it: there is no sender. Older payloads write the key with a hyphen. */
export function policy(pageId: string, action: string, reason: string | null, isOld: boolean, at: number): Item {
  const key = isOld ? "policy-enforcement" : "policy_enforcement";
  return {
    recipient: { id: pageId },
    timestamp: at,
    [key]: { action, ...(reason === null ? {} : { reason }) },
  };
}

export type Submitted = { id: string; formId: string; pageId: string; adId: string | null };

/** Ids only; every second one is a number, and without an ad its id is missing or nought. */
export function leadgen({ id, formId, pageId, adId }: Submitted, at: number): Item {
  const isEven = BigInt(id) % 2n === 0n;
  const none = isEven ? {} : { ad_id: 0, adgroup_id: 0 };
  return {
    field: "leadgen",
    value: {
      leadgen_id: isEven ? BigInt(id) : id,
      form_id: isEven ? BigInt(formId) : formId,
      page_id: pageId,
      ...(adId === null ? none : { ad_id: adId, adgroup_id: adId }),
      created_time: inSeconds(at),
    },
  };
}
