import type { MetaEvent } from "../lib/messenger/meta-event.ts";

/**
 * Every case of what Meta sends: how its event is known, what people see of it, and the test that proves it. The table
 * in docs/meta-events.md is made of this and of the samples; a kind without a case does not compile.
 */
export type EventCase<E extends MetaEvent = MetaEvent> = {
  name: string;
  /** Left out: every event of the kind. */
  is?: (event: E) => boolean;
  seen: string;
  test: string;
};

type Cases = { [K in MetaEvent["kind"]]: readonly EventCase<Extract<MetaEvent, { kind: K }>>[] };

const NOTICES = "lib/inbound/thread-notices.db.test.ts";
const PAGE = "lib/inbound/page-notices.db.test.ts";
const ORDER = "lib/inbound/any-order.db.test.ts";

const attachment =
  (...types: string[]) =>
  (event: { attachments: readonly { type: string }[] }) =>
    event.attachments.some(({ type }) => types.includes(type));

export const eventCases: Cases = {
  lead_referral: [
    {
      name: "Lead complete",
      is: ({ outcome }) => outcome === "complete",
      seen: "A complete lead with its answers in order, the ad's title and picture; the 24-hour window opens.",
      test: "app/api/messenger/webhook/three-signals.db.test.ts",
    },
    {
      name: "Lead incomplete",
      is: ({ outcome }) => outcome === "incomplete",
      seen: "An incomplete lead with what was answered and an honest reason.",
      test: "lib/inbound/endings.db.test.ts",
    },
  ],
  lead_summary: [
    {
      name: "Summary of a complete lead",
      seen: "Evidence on the lead's page, its answers where no referral came; never a bubble, and no window opens.",
      test: "app/api/messenger/webhook/three-signals.db.test.ts",
    },
  ],
  handover: [
    {
      name: "Handover after a lead",
      is: ({ lead }) => lead !== null,
      seen: "A lead, evidence on its page, and “Control passed to us” in the thread.",
      test: "app/api/messenger/webhook/three-signals.db.test.ts",
    },
    {
      name: "Control passed",
      is: ({ op, lead }) => op === "pass" && lead === null,
      seen: "A line in the thread and the banner that says who may write.",
      test: "lib/threads/control.test.ts",
    },
    {
      name: "Control taken",
      is: ({ op }) => op === "take",
      seen: "A line in the thread and the banner; who is typing keeps the draft.",
      test: "lib/threads/control.test.ts",
    },
    {
      name: "Control asked for",
      is: ({ op }) => op === "request",
      seen: "A line in the thread; control stays where it is until somebody passes it.",
      test: "lib/threads/control.test.ts",
    },
  ],
  message: [
    {
      name: "Text",
      is: ({ text, channel, isDeleted }) => text !== null && channel !== "standby" && !isDeleted,
      seen: "A bubble of the person; the lead waits for an answer, and the window opens.",
      test: ORDER,
    },
    {
      name: "On standby",
      is: ({ channel }) => channel === "standby",
      seen: "The same bubble; the banner says that another app has control.",
      test: ORDER,
    },
    {
      name: "Reply to a message",
      is: ({ replyToMid }) => replyToMid !== null,
      seen: "The message that is answered stands above the text.",
      test: "lib/messenger/read-message.test.ts",
    },
    {
      name: "Reply to a story",
      is: attachment("story_reply"),
      seen: "“In answer to a story” with a link to it.",
      test: "lib/messenger/read-message.test.ts",
    },
    {
      name: "Quick reply",
      is: ({ quickReply }) => quickReply !== null,
      seen: "The bubble says that an offered answer was chosen.",
      test: NOTICES,
    },
    {
      name: "Command",
      is: attachment("command"),
      seen: "The command stands in the bubble.",
      test: NOTICES,
    },
    {
      name: "First message by an ad or a link",
      is: ({ cameBy }) => cameBy !== null,
      seen: "A line above the message says how the person came.",
      test: NOTICES,
    },
    {
      name: "About a product",
      is: attachment("product"),
      seen: "The product stands in the bubble.",
      test: "lib/messenger/read-message.test.ts",
    },
    { name: "Picture", is: attachment("image"), seen: "“Picture” with its link.", test: NOTICES },
    { name: "Video", is: attachment("video"), seen: "“Video” with its link.", test: NOTICES },
    { name: "Voice message", is: attachment("audio"), seen: "“Voice message” with its link.", test: NOTICES },
    { name: "File", is: attachment("file"), seen: "“File” with its name and link.", test: NOTICES },
    {
      name: "Sticker",
      is: attachment("sticker"),
      seen: "“Sticker”, once, also where Meta sends it as a picture besides.",
      test: "lib/messenger/attachments.test.ts",
    },
    {
      name: "Link",
      is: attachment("fallback"),
      seen: "“Link” with its title.",
      test: "lib/messenger/attachments.test.ts",
    },
    { name: "Card", is: attachment("template"), seen: "Its title, and what its buttons say.", test: NOTICES },
    { name: "Reel", is: attachment("reel", "ig_reel"), seen: "“Reel” with its title and link.", test: NOTICES },
    {
      name: "Post",
      is: attachment("post", "ig_post", "share"),
      seen: "“Post” with its title and link.",
      test: NOTICES,
    },
    {
      name: "Appointment",
      is: attachment("appointment_booking"),
      seen: "“Appointment” with its day, its hours in the agent's own zone, and its state.",
      test: NOTICES,
    },
    { name: "Place", is: attachment("location"), seen: "“Place” with a link to a map.", test: NOTICES },
    { name: "Mention in a story", is: attachment("story_mention"), seen: "Says so, with its link.", test: NOTICES },
    {
      name: "Unsent",
      is: ({ isDeleted }) => isDeleted,
      seen: "A tombstone in its place; the content is gone.",
      test: ORDER,
    },
    {
      name: "Unsupported",
      is: ({ isUnsupported }) => isUnsupported,
      seen: "Says that Meta shows it in the Page Inbox only.",
      test: "lib/messenger/read-message.test.ts",
    },
  ],
  echo: [
    {
      name: "Ours",
      is: ({ appId, isDeleted }) => appId === "1122334455667788" && !isDeleted,
      seen: "Settles the reply it is the echo of: “Sent”, under the agent's name.",
      test: "worker/settling.db.test.ts",
    },
    {
      name: "Page Inbox",
      is: ({ appId }) => ["263902037430900", "26390203743090", "1217981644879628"].includes(appId ?? ""),
      seen: "A bubble marked “Page Inbox”, and the banner says that it has control.",
      test: NOTICES,
    },
    {
      name: "Meta's Leadgen app",
      is: ({ appId }) => appId === "413038776280800",
      seen: "A bubble marked “Automatic questions”.",
      test: NOTICES,
    },
    {
      name: "Another app",
      is: ({ appId, isDeleted }) => !isDeleted && appId === "2233445566778899",
      seen: "A bubble marked “Another app”.",
      test: NOTICES,
    },
    {
      name: "Nobody named",
      is: ({ appId, isDeleted }) => !isDeleted && appId === null,
      seen: "A bubble marked “The page”: Meta does not say who wrote it.",
      test: NOTICES,
    },
    { name: "Unsent", is: ({ isDeleted }) => isDeleted, seen: "A tombstone on the page's side.", test: NOTICES },
  ],
  postback: [
    {
      name: "Button tapped",
      seen: "A bubble “Tapped a button” with its title; the window opens.",
      test: "lib/inbound/either-first.db.test.ts",
    },
  ],
  delivery: [
    {
      name: "Delivered",
      seen: "“Delivered” below each message up to the mark.",
      test: "lib/messenger/read-receipt.test.ts",
    },
  ],
  read: [
    { name: "Read", seen: "“Read” below each message up to the mark.", test: "lib/messenger/read-receipt.test.ts" },
  ],
  label: [
    {
      name: "Label added",
      is: ({ isRemoval }) => !isRemoval,
      seen: "A line in the thread; Meta's own four give the lead its status or reason.",
      test: NOTICES,
    },
    { name: "Label removed", is: ({ isRemoval }) => isRemoval, seen: "A line in the thread.", test: NOTICES },
  ],
  thread_referral: [
    {
      name: "Came by an ad",
      is: ({ isAd }) => isAd,
      seen: "A line in the thread; a mere tap opens no window.",
      test: "lib/messenger/read-referral.test.ts",
    },
    {
      name: "Came by a link",
      is: ({ isAd }) => !isAd,
      seen: "A line in the thread with the link's ref; the window opens.",
      test: "lib/messenger/read-referral.test.ts",
    },
  ],
  reaction: [
    {
      name: "Reaction",
      is: ({ isRemoval }) => !isRemoval,
      seen: "The emoji on the bubble; the window opens.",
      test: "lib/inbound/later-words.db.test.ts",
    },
    {
      name: "Reaction taken back",
      is: ({ isRemoval }) => isRemoval,
      seen: "The emoji is gone.",
      test: "lib/inbound/later-words.db.test.ts",
    },
  ],
  edit: [
    {
      name: "Edited",
      seen: "The new text, and the earlier ones behind “Edited”.",
      test: "lib/inbound/later-words.db.test.ts",
    },
  ],
  optin: [
    {
      name: "Opt-in",
      is: ({ action }) => action === "opt_in",
      seen: "A line in the thread with the topic.",
      test: NOTICES,
    },
    {
      name: "Stop",
      is: ({ action }) => action === "stop",
      seen: "A line in the thread, remembered at the person.",
      test: NOTICES,
    },
    {
      name: "Resume",
      is: ({ action }) => action === "resume",
      seen: "A line in the thread; the stop is over.",
      test: NOTICES,
    },
  ],
  feedback: [{ name: "Feedback form", seen: "A line in the thread with each score and text.", test: NOTICES }],
  response_feedback: [{ name: "Thumb under a message", seen: "A line in the thread.", test: NOTICES }],
  account_linking: [{ name: "Account linked or unlinked", seen: "A line in the thread.", test: NOTICES }],
  form: [{ name: "Form in the thread", seen: "A line in the thread with the form's id.", test: NOTICES }],
  order: [{ name: "Order", seen: "A line in the thread with what was ordered.", test: NOTICES }],
  policy: [
    {
      name: "Warning",
      is: ({ action }) => action === "warning",
      seen: "A banner on the page, and Meta's reason in the page's history.",
      test: PAGE,
    },
    {
      name: "Block",
      is: ({ action }) => action === "block",
      seen: "A banner on the page; replies wait until it is over.",
      test: PAGE,
    },
    {
      name: "Unblock",
      is: ({ action }) => action === "unblock",
      seen: "The banner goes, and replies leave.",
      test: PAGE,
    },
  ],
  app_roles: [{ name: "Roles of the old protocol", seen: "A line in the page's history.", test: PAGE }],
  leadgen: [
    {
      name: "Instant form sent off",
      seen: "A lead of the source “instant form”; its answers follow as soon as Meta gives them.",
      test: PAGE,
    },
  ],
  test: [
    { name: "Test of the dashboard, smoke test", seen: "“Test received” in the settings; nothing else.", test: PAGE },
  ],
  conversation: [],
  thread_owner: [],
  unknown: [
    {
      name: "Anything else",
      seen: "Kept, counted by kind, and readable in the settings as Meta sent it; read again after an update.",
      test: "lib/inbound/bad-input.db.test.ts",
    },
  ],
};
