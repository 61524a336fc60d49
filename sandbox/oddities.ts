import type { Json } from "./ascii-json.ts";
import { newMid } from "./ids.ts";
import { type Meta, pageOf, Refusal } from "./meta.ts";
import { tell } from "./tell.ts";
import type { Thread } from "./world.ts";
import type { Ad } from "./world-ads.ts";

/**
 * Rare shapes that Meta documents, used to send, or is seen to send: old spellings, missing and doubled fields, kinds few
 * ever meet. Each is delivered once as it is; the world stays as it was.
 */
type Item = { [key: string]: Json };
type Given = { pageId: string; psid: string; mid: string; at: number; ad: Ad; appId: string };
type Odd = { what: string; item(given: Given): Item; only?: "instagram" };

const person = ({ pageId, psid, at }: Given) => ({ sender: { id: psid }, recipient: { id: pageId }, timestamp: at });
const page = ({ pageId, psid, at }: Given) => ({ sender: { id: pageId }, recipient: { id: psid }, timestamp: at });
const seconds = (at: number) => Math.floor(at / 1000);

const said = (contents: Item, only?: "instagram"): Odd => ({
  what: "message",
  item: (given) => ({ ...person(given), message: { mid: given.mid, ...contents } }),
  ...(only === undefined ? {} : { only }),
});
const attached = (...attachments: Item[]) => said({ attachments });
const echoed = (contents: (given: Given) => Item): Odd => ({
  what: "echo",
  item: (given) => ({ ...page(given), message: { mid: given.mid, is_echo: true, ...contents(given) } }),
});
const lead = (change: (given: Given, item: Item) => Item): Odd => ({
  what: "referral LEAD_COMPLETE",
  item: (given) =>
    change(given, {
      ...person(given),
      timestamp: seconds(given.at),
      referral: { source: "ADS", type: "LEAD_COMPLETE", ad_id: given.ad.id },
      lead: { data: [{ question: "Question?", answer: "Answer" }] },
    }),
});

const FILE = "https://scontent.example";

export const oddities: Record<string, Odd> = {
  unsupported: said({ is_unsupported: true }),
  "empty-text": said({ text: "" }),
  "double-sticker": attached(
    { type: "image", payload: { url: `${FILE}/like.png`, sticker_id: 369_239_263_222_822n } },
    { type: "sticker", payload: { url: `${FILE}/like.png`, sticker_id: 369_239_263_222_822n } },
  ),
  reel: attached({ type: "reel", payload: { url: `${FILE}/reel.mp4`, title: "Roof", reel_video_id: "5566778899" } }),
  post: attached({ type: "post", payload: { url: "https://www.facebook.com/solar/posts/1", title: "Post" } }),
  "fallback-inside": attached({ type: "fallback", payload: { url: "https://example.org/roof", title: "Roof plan" } }),
  appointment: attached({
    type: "appointment_booking",
    payload: {
      booking_id: "b1",
      status: "confirmed",
      start_time: 1_795_400_000,
      end_time: 1_795_403_600,
      timezone: "Europe/Berlin",
    },
  }),
  product: attached({
    type: "template",
    payload: { product: { elements: [{ id: "1", title: "Panel", retailer_id: "p1" }] } },
  }),
  commands: said({ text: "/start", commands: [{ name: "start" }] }),
  "story-reply": said(
    { text: "Wow", reply_to: { story: { id: "17900000000000001", url: `${FILE}/story.jpg` } } },
    "instagram",
  ),
  "story-mention": { ...attached({ type: "story_mention", payload: { url: `${FILE}/story.jpg` } }), only: "instagram" },
  "ig-post": {
    ...attached({ type: "ig_post", payload: { id: "17900000000000002", url: `${FILE}/post.jpg` } }),
    only: "instagram",
  },
  "short-inbox-id": echoed(() => ({ app_id: "26390203743090", text: "Hello from the inbox" })),
  "echo-without-app": echoed(() => ({ text: "Sent long ago" })),
  "template-echo": echoed(({ appId }) => ({
    app_id: BigInt(appId),
    attachments: [
      {
        type: "template",
        payload: { template_type: "button", buttons: [{ type: "postback", title: "Call me", payload: "CALL" }] },
      },
    ],
  })),
  "delivery-without-mids": {
    what: "delivery",
    item: ({ at, ...given }) => ({
      sender: { id: given.psid },
      recipient: { id: given.pageId },
      delivery: { watermark: at },
    }),
  },
  "pass-without-previous": {
    what: "handover pass",
    item: (given) => ({ ...person(given), pass_thread_control: { new_owner_app_id: given.appId, metadata: "" } }),
  },
  "take-without-new": {
    what: "handover take",
    item: (given) => ({ ...person(given), take_thread_control: { previous_owner_app_id: given.appId, metadata: "" } }),
  },
  "app-roles": {
    what: "handover roles",
    item: ({ pageId, at, appId }) => ({
      recipient: { id: pageId },
      timestamp: at,
      app_roles: { [appId]: ["primary_receiver"] },
    }),
  },
  "user-ref": {
    what: "postback",
    item: (given) => ({
      ...person(given),
      sender: { user_ref: "plugin-visitor-1" },
      postback: { title: "Hi", payload: "HI" },
    }),
  },
  "postback-opening": {
    what: "postback",
    item: (given) => ({
      ...person(given),
      postback: {
        mid: given.mid,
        title: "Get Started",
        payload: "GET_STARTED",
        referral: { ref: "flyer", source: "SHORT-URL", type: "OPEN_THREAD" },
      },
    }),
  },
  "in-thread-form": { what: "form", item: (given) => ({ ...person(given), form: { id: "998877665544332" } }) },
  "response-feedback": {
    what: "feedback",
    item: (given) => ({ ...person(given), response_feedback: { feedback: "Good bot response", mid: given.mid } }),
  },
  "account-linking": {
    what: "message",
    item: (given) => ({ ...person(given), account_linking: { status: "unlinked" } }),
  },
  order: { what: "message", item: (given) => ({ ...person(given), order: { products: [{ id: "1", quantity: 1 }] } }) },
  unknown: { what: "message", item: (given) => ({ ...person(given), something_new: { value: null } }) },
  "one-time-optin": {
    what: "optin",
    item: (given) => ({
      ...person(given),
      optin: { type: "one_time_notif_req", payload: "old", one_time_notif_token: "9876" },
    }),
  },
  "lead-without-answers": lead((_, { lead: _answers, ...item }) => item),
  "lead-without-source": lead(({ ad }, item) => ({ ...item, referral: { type: "LEAD_COMPLETE", ad_id: ad.id } })),
  "lead-twice-asked": lead((_, item) => ({
    ...item,
    lead: {
      data: [
        { question: "And then?", answer: "One\ntwo" },
        { question: "And then?", answer: "" },
        { question: "Q".repeat(300), answer: "🌞".repeat(50) },
      ],
    },
  })),
  "lead-in-milliseconds": lead(({ at, ad }, item) => ({
    ...item,
    timestamp: at,
    referral: { source: "ADS", type: "LEAD_COMPLETE", ad_id: BigInt(ad.id) },
  })),
  "context-in-item": {
    what: "handover pass",
    item: (given) => ({
      ...person(given),
      pass_thread_control: {
        previous_owner_app_id: null,
        new_owner_app_id: BigInt(given.appId),
        metadata: "messenger_lead_gen_complete",
      },
      hop_context: [{ app_id: BigInt(given.appId), metadata: "messenger_lead_gen_complete" }],
    }),
  },
};

export function tellOddity(meta: Meta, thread: Thread, kind: string, at: number): void {
  const odd = oddities[kind];
  if (odd === undefined) throw new Refusal(400, `There is no ${kind}. There is: ${Object.keys(oddities).join(", ")}.`);
  const platform = meta.world.people[thread.psid]?.platform ?? "messenger";
  if (odd.only !== undefined && odd.only !== platform) throw new Refusal(409, "That happens on Instagram only.");
  const ad = meta.world.ads.find(({ pageId }) => pageId === pageOf(meta.world, thread.pageId).id);
  if (ad === undefined) throw new Refusal(409, "This page has no ad.");
  const { pageId, psid } = thread;
  const given = { pageId, psid, mid: newMid(meta.world, platform), at, ad, appId: meta.world.appId };
  tell(meta, thread, { what: odd.what, item: odd.item(given), at, channel: "messaging" });
}
