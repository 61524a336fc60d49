import { describe, expect, test } from "vitest";
import { eventsOf, eventsOfItems } from "./samples/sample-events.ts";

const PAGE = "104411223344556";
const KIM = "7719004412345678";
const OUR_APP = "1122334455667788";

describe("messages", () => {
  test("carry text, what they answer and the ad they came from", () => {
    expect(eventsOf("message")).toMatchObject([
      {
        kind: "message",
        mid: "m_UserTextExample01",
        text: "Can you call me tomorrow after 5?",
        replyToMid: "m_OurEarlierMessage",
        adId: "120231004567890123",
        adTitle: "Solar roof check – autumn",
        attachments: [],
        isDeleted: false,
        key: "message:messaging:m_UserTextExample01",
      },
    ]);
    expect(eventsOf("message-quick-reply")).toMatchObject([
      { kind: "message", text: "Morning", quickReply: "CALL_AM" },
    ]);
  });

  test("may consist of attachments alone", () => {
    expect(eventsOf("message-attachments")).toMatchObject([
      {
        kind: "message",
        text: null,
        attachments: [{ type: "image" }, { type: "sticker" }, { type: "fallback", title: "Roof plan" }],
      },
    ]);
    expect(eventsOf("message-sticker-twice")).toMatchObject([{ attachments: [{ type: "sticker" }] }]);
    expect(eventsOf("message-sticker")).toMatchObject([
      { attachments: [{ type: "sticker", stickerId: "369239263222822" }] },
    ]);
  });

  test("taken back are told apart from the message they take back", () => {
    const [deleted] = eventsOf("message-deleted");
    const [original] = eventsOf("instagram-message");
    expect(deleted).toMatchObject({ kind: "message", isDeleted: true, mid: "aWdfZAGexample06", platform: "instagram" });
    expect(original).toMatchObject({ kind: "message", mid: "aWdfZAGexample06", adId: "120231004567890999" });
    expect(deleted?.key).not.toBe(original?.key);
  });

  test("that Meta does not deliver are known as such", () => {
    expect(eventsOf("message-unsupported")).toMatchObject([{ kind: "message", isUnsupported: true, text: null }]);
  });

  test("on standby are the same message, and evidence of their own", () => {
    expect(eventsOf("standby-message")).toMatchObject([
      { kind: "message", channel: "standby", key: "message:standby:m_StandbyExample05", mid: "m_StandbyExample05" },
    ]);
  });

  test("replying to a story reply to no message", () => {
    expect(eventsOf("instagram-story-reply")).toMatchObject([{ kind: "message", replyToMid: null, text: "Nice!" }]);
  });
});

describe("the summary of a lead", () => {
  test("is no message", () => {
    expect(eventsOf("summary")).toMatchObject([
      {
        kind: "lead_summary",
        // Without the channel: wherever it comes, it is one signal.
        key: "lead_summary:m_SummaryExampleAAAA1111",
        mid: "m_SummaryExampleAAAA1111",
        text: "Lead summary:\nDo you own the house?: Yes\nYour postcode?: 70173",
        at: new Date(1795341599_000),
      },
    ]);
  });

  test("is known by a context on the entry when it is alone there, and not beside a handover", () => {
    const context = '"hop_context":[{"metadata":"messenger_lead_gen_complete"}],';
    const parties = '"sender":{"id":"7"},"recipient":{"id":"1"}';
    const message = `{${parties},"message":{"mid":"m1","text":"Please call"}}`;
    const summary = `{${parties},"message":{"mid":"m2","text":"Lead summary:\\nQ: A"}}`;
    const handover = `{${parties},"pass_thread_control":{"new_owner_app_id":5}}`;
    expect(eventsOfItems([message], context)).toMatchObject([{ kind: "lead_summary" }]);
    expect(eventsOfItems([handover, message, summary], context)).toMatchObject([
      { kind: "handover", lead: "complete" },
      { kind: "message", mid: "m1" },
      { kind: "lead_summary", mid: "m2" },
    ]);
  });
});

describe("echoes", () => {
  test.each([
    ["echo-page-inbox", { appId: "263902037430900", metadata: null, channel: "messaging" }],
    ["echo-page-inbox-short-id", { appId: "26390203743090" }],
    ["echo-ours", { appId: OUR_APP, metadata: "out:0192f7c1-5b1e", text: "Tomorrow at 17:30 then." }],
    ["echo-leadgen", { appId: "413038776280800" }],
    ["standby-echo", { appId: "263902037430900", channel: "standby", key: "echo:standby:m_StandbyExample06" }],
    ["echo-template", { text: null, attachments: [{ type: "template", title: "How should we continue?" }] }],
  ] as const)("%s: the page sent, the person received", (name, expected) => {
    expect(eventsOf(name)).toMatchObject([{ kind: "echo", pageId: PAGE, psid: KIM, ...expected }]);
  });
});
