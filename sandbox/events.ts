import type { Json } from "./ascii-json.ts";
import { type Answer, type Attachment, LEADGEN_APP, type Message } from "./world.ts";
import type { Ad } from "./world-ads.ts";

/** The items inside a delivery, in Meta's own shapes: ids partly text and partly numbers, times partly in seconds. */
type Item = { [key: string]: Json };
type Ends = { pageId: string; psid: string };

export const inSeconds = (at: number) => Math.floor(at / 1000);

const fromPerson = ({ pageId, psid }: Ends) => ({ sender: { id: psid }, recipient: { id: pageId } });

function contents(message: Message): Item {
  return {
    mid: message.mid,
    ...(message.text === null ? {} : { text: message.text }),
    ...(message.attachments.length === 0 ? {} : { attachments: message.attachments.map(attached) }),
    ...(message.replyToMid === null ? {} : { reply_to: { mid: message.replyToMid, is_self_reply: false } }),
  };
}

/** A link's preview has its words beside the payload, a place has no address. */
function attached({ type, url, title, stickerId, coordinates }: Attachment): Json {
  if (type === "fallback") return { type, title, url, payload: null };
  if (coordinates !== undefined) return { type, payload: { coordinates } };
  return {
    type,
    payload: {
      url,
      ...(stickerId === undefined ? {} : { sticker_id: BigInt(stickerId) }),
      ...(title === null ? {} : { title }),
    },
  };
}

function adContext(ad: Ad): Item {
  return { ad_title: ad.title, post_id: ad.postId, photo_url: ad.photoUrl };
}

/** `ad` when this is the first message after a tap on it; `payload` when a quick reply of our own was tapped. */
export function userMessage(
  ends: Ends,
  message: Message,
  ad: Ad | null,
  payload: string | null,
  referral: Item | null = null,
): Item {
  return {
    ...fromPerson(ends),
    timestamp: message.at,
    message: {
      ...contents(message),
      ...(payload === null ? {} : { quick_reply: { payload } }),
      ...(ad === null
        ? {}
        : { referral: { ad_id: ad.id, source: "ADS", type: "OPEN_THREAD", ads_context_data: adContext(ad) } }),
      ...(referral === null ? {} : { referral }),
    },
  };
}

export function echo({ pageId, psid }: Ends, message: Message, appId: string): Item {
  return {
    sender: { id: pageId },
    recipient: { id: psid },
    timestamp: message.at,
    message: {
      ...contents(message),
      is_echo: true,
      app_id: BigInt(appId),
      ...(message.metadata === null ? {} : { metadata: message.metadata }),
    },
  };
}

/** The lead itself. Its time is in seconds; every third one or so carries its ad id as a number too long for a double. */
export function leadReferral(ends: Ends, ad: Ad, isComplete: boolean, answers: Answer[], at: number): Item {
  return {
    ...fromPerson(ends),
    timestamp: inSeconds(at),
    referral: {
      source: "ADS",
      type: isComplete ? "LEAD_COMPLETE" : "LEAD_INCOMPLETE",
      ad_id: inSeconds(at) % 3 === 0 ? BigInt(ad.id) : ad.id,
      ads_context_data: adContext(ad),
    },
    lead: { data: answers.map(({ question, answer }) => ({ question, answer })) },
  };
}

function leadMetadata(isComplete: boolean): string {
  return isComplete ? "messenger_lead_gen_complete" : "messenger_lead_gen_incomplete";
}

export function hopContext(appId: string, isComplete: boolean): Item {
  return { app_id: BigInt(appId), metadata: leadMetadata(isComplete) };
}

export function leadHandover(ends: Ends, appId: string, isComplete: boolean, at: number): Item {
  return pass(ends, LEADGEN_APP, appId, leadMetadata(isComplete), at);
}

export function leadSummary(ends: Ends, mid: string, appId: string, answers: Answer[], at: number): Item {
  const lines = answers.map(({ question, answer }) => `${question}: ${answer}`);
  return {
    ...fromPerson(ends),
    timestamp: inSeconds(at),
    message: { mid, text: ["Lead summary:", ...lines].join("\n") },
    hop_context: hopContext(appId, true),
  };
}

export function pass(ends: Ends, from: string | null, to: string, metadata: string, at: number): Item {
  return {
    ...fromPerson(ends),
    timestamp: at,
    pass_thread_control: {
      previous_owner_app_id: from === null ? null : BigInt(from),
      new_owner_app_id: BigInt(to),
      metadata,
    },
  };
}

export function take(ends: Ends, from: string | null, to: string, metadata: string, at: number): Item {
  return {
    ...fromPerson(ends),
    timestamp: at,
    take_thread_control: { previous_owner_app_id: from, new_owner_app_id: to, metadata },
  };
}

export function request(ends: Ends, by: string, metadata: string, at: number): Item {
  return {
    ...fromPerson(ends),
    timestamp: at,
    request_thread_control: { requested_owner_app_id: BigInt(by), metadata },
  };
}

/** Without a timestamp of its own, as Meta's example has it. */
export function delivered(ends: Ends, mid: string, watermark: number): Item {
  return { ...fromPerson(ends), delivery: { mids: [mid], watermark } };
}

export function read(ends: Ends, watermark: number, at: number): Item {
  return { ...fromPerson(ends), timestamp: at, read: { watermark } };
}

/** On Instagram a message is named, and all before it are meant. */
export function seen(ends: Ends, mid: string, at: number): Item {
  return { ...fromPerson(ends), timestamp: at, read: { mid } };
}

export function label(psid: string, id: string, name: string, action: "add" | "remove"): Item {
  return {
    field: "inbox_labels",
    value: { user: { id: psid }, action, label: { id, page_label_name: name } },
  };
}
