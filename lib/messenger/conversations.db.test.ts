import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getConversationMessages } from "./get-conversation-messages.ts";
import { getLabels } from "./get-labels.ts";
import { getProfile } from "./get-profile.ts";
import { getThreadOwner } from "./get-thread-owner.ts";
import { type PlayedMeta, playMeta, refusal } from "./graph-testing.ts";
import { listConversations } from "./list-conversations.ts";

let meta: PlayedMeta;
beforeAll(async () => {
  meta = await playMeta();
});
afterAll(() => meta.close());

const pageId = "104411223344556";
const psid = "7719004412345678";
const at = new Date("2026-11-20T10:05:17Z");
const created_time = "2026-11-20T10:05:17+0000";
const from = { name: "Kim Muster", id: psid };

describe("listConversations", () => {
  test("gives a page of them, and where the next one begins", async () => {
    const participants = { data: [{ ...from, email: `${psid}@facebook.com` }, { name: "Solar Süd", id: pageId }, {}] };
    const one = { id: "t_1234509876", updated_time: created_time, is_owner: true, unread_count: 2, participants };
    const paging = { cursors: { before: "QVF3", after: "QVF4" }, next: "https://graph.facebook.com/…" };
    meta.answer({ json: { data: [one, null, { id: null }, { id: "t_2" }], paging } });
    const answer = await listConversations({ pageId, platform: "messenger", after: "QVF2" }, "t");
    expect(answer).toMatchObject({
      outcome: "ok",
      value: {
        conversations: [
          {
            id: "t_1234509876",
            updatedAt: at,
            isOwner: true,
            unreadCount: 2,
            participants: [
              { id: psid, name: "Kim Muster", username: null },
              { id: pageId, name: "Solar Süd" },
            ],
          },
          { id: "t_2", updatedAt: null, isOwner: null, participants: [] },
        ],
        after: "QVF4",
      },
    });
    expect(meta.asked()).toMatchObject([{ query: { platform: "messenger", after: "QVF2", limit: "25" } }]);
  });

  test("ends at the last page, which has a cursor, too", async () => {
    meta.answer({ json: { data: [], paging: { cursors: { before: "a", after: "b" } } } });
    const answer = await listConversations({ pageId, platform: "instagram", psid }, "t");
    expect(answer).toMatchObject({ value: { conversations: [], after: null } });
    expect(meta.asked()).toMatchObject([{ query: { platform: "instagram", user_id: psid } }]);
  });

  test("without a list there is no answer", async () => {
    meta.answer({ json: {} });
    expect(await listConversations({ pageId, platform: "messenger" }, "t")).toMatchObject({ outcome: "unclear" });
    meta.asked();
  });
});

describe("getConversationMessages", () => {
  test("reads texts, files, shares, stickers and quotes", async () => {
    const attachments = {
      data: [
        { mime_type: "image/jpeg", name: "roof.jpg", image_data: { url: "https://cdn.example/roof.jpg" } },
        { mime_type: "video/mp4", video_data: { url: "https://cdn.example/roof.mp4" } },
        { mime_type: "audio/mpeg", file_url: "https://cdn.example/a.mp3" },
        { mime_type: "application/pdf", name: "Offer.pdf", file_url: "https://cdn.example/offer.pdf" },
      ],
    };
    const shares = { data: [{ link: "https://example.org/p", name: "A roof", description: "…" }] };
    const data = [
      { id: "m_2", created_time, from, message: "Yes", attachments, shares, reply_to: { id: "m_1" } },
      { id: "m_1", created_time, from: { id: pageId }, message: "", sticker: "https://cdn.example/s.png" },
    ];
    const paging = { cursors: { after: "QVF2" }, next: "https://graph.facebook.com/…" };
    meta.answer({ json: { id: "t_1", messages: { data, paging } } });
    expect(await getConversationMessages("t_1", "t")).toMatchObject({
      outcome: "ok",
      value: {
        messages: [
          {
            mid: "m_2",
            at,
            fromId: psid,
            fromName: "Kim Muster",
            text: "Yes",
            attachments: [
              { type: "image", url: "https://cdn.example/roof.jpg", title: "roof.jpg" },
              { type: "video", url: "https://cdn.example/roof.mp4", title: null },
              { type: "audio", url: "https://cdn.example/a.mp3", title: null },
              { type: "file", url: "https://cdn.example/offer.pdf", title: "Offer.pdf" },
              { type: "share", url: "https://example.org/p", title: "A roof" },
            ],
            replyToMid: "m_1",
          },
          {
            mid: "m_1",
            fromId: pageId,
            text: null,
            attachments: [{ type: "sticker", url: "https://cdn.example/s.png", title: null }],
            replyToMid: null,
          },
        ],
        hidden: 0,
        hiddenMessages: [],
        after: "QVF2",
      },
    });
    meta.asked();
  });

  test("counts the messages Meta tells only the ids of", async () => {
    const gone = { id: "m_0", created_time, error: { code: 9000001, message: "deleted" } };
    const data = [{ id: "m_2", created_time, from, message: "Yes" }, { id: "m_1", created_time }, gone];
    meta.answer({ json: { data } });
    const answer = await getConversationMessages("t_1", "t", { after: "QVF2", limit: 3 });
    expect(answer).toMatchObject({ value: { messages: [{ mid: "m_2" }], hidden: 2, after: null } });
    expect(meta.asked()).toMatchObject([{ path: "/v26.0/t_1/messages", query: { after: "QVF2", limit: "3" } }]);
  });

  test("a page of nothing but such messages is their end", async () => {
    meta.answer(refusal(9000001));
    const answer = await getConversationMessages("t_1", "t", { after: "QVF2" });
    expect(answer).toMatchObject({ outcome: "ok", value: { messages: [], hidden: 25, after: null } });
    meta.answer({ json: { id: "t_1" } }, refusal(190));
    expect(await getConversationMessages("t_1", "t")).toMatchObject({ value: { messages: [], hidden: 0 } });
    expect(await getConversationMessages("t_1", "t")).toMatchObject({ outcome: "refused", class: "auth" });
    meta.asked();
  });
});

describe("getThreadOwner", () => {
  const expiration = at.getTime() / 1000;
  test.each([
    [
      { data: [{ thread_owner: { app_id: 263902037430900, expiration } }] },
      { state: "app", appId: "263902037430900", expiresAt: at },
    ],
    [{ data: [{ thread_owner: { app_id: "1", expiration: null } }] }, { state: "app", appId: "1", expiresAt: null }],
    [{ data: [{ thread_owner: { expiration } }] }, { state: "hidden", expiresAt: at }],
    [{ data: [{ thread_owner: {} }] }, { state: "nobody" }],
    [{ data: [] }, { state: "nobody" }],
    [{}, { state: "nobody" }],
  ])("%j", async (json, value) => {
    meta.answer({ json });
    expect(await getThreadOwner({ pageId, psid }, "t")).toMatchObject({ outcome: "ok", value });
    expect(meta.asked()).toMatchObject([{ query: { recipient: psid } }]);
  });

  test("an owner Meta will not name is somebody else", async () => {
    meta.answer(refusal(100, 2018234));
    expect(await getThreadOwner({ pageId, psid }, "t")).toMatchObject({ value: { state: "hidden", expiresAt: null } });
    meta.asked();
  });
});

test("labels come with their names", async () => {
  meta.answer({ json: { data: [{ id: 5, page_label_name: "disqualified" }, { name: "ad_id.1" }, { id: "6" }, null] } });
  expect(await getLabels(psid, "t")).toMatchObject({
    value: [
      { id: "5", name: "disqualified" },
      { id: null, name: "ad_id.1" },
    ],
  });
  meta.asked();
});

describe("getProfile", () => {
  test.each([
    [{ name: "Kim Muster" }, "messenger", { outcome: "named", name: "Kim Muster", pictureUrl: null, username: null }],
    [{ first_name: "Kim", last_name: "M", profile_pic: "https://cdn.example/k.jpg" }, "messenger", { name: "Kim M" }],
    [
      { name: "Kim", profile_pic: "https://cdn.example/k.jpg" },
      "messenger",
      { pictureUrl: "https://cdn.example/k.jpg" },
    ],
    [{ name: null, username: "kim.m" }, "instagram", { outcome: "named", name: "kim.m", username: "kim.m" }],
    [{ name: "Kim", username: "kim.m" }, "instagram", { name: "Kim", username: "kim.m" }],
    [{ name: " " }, "messenger", { outcome: "nameless" }],
    [{}, "messenger", { outcome: "nameless" }],
  ] as const)("%j on %s", async (json, platform, profile) => {
    meta.answer({ json });
    expect(await getProfile(psid, "t", platform)).toMatchObject(profile);
    const [asked] = meta.asked();
    expect(asked?.query.fields?.includes("username")).toBe(platform === "instagram");
  });

  test("somebody Meta does not show is nameless, and asked for again where that may help", async () => {
    meta.answer(refusal(100, 33), refusal(100, 2018218), refusal(613), refusal(190));
    expect(await getProfile(psid, "t")).toMatchObject({ outcome: "nameless" });
    expect(await getProfile(psid, "t")).toMatchObject({ outcome: "nameless" });
    expect(await getProfile(psid, "t")).toMatchObject({ outcome: "refused", class: "throttled" });
    expect(await getProfile(psid, "t")).toMatchObject({ outcome: "refused", class: "auth" });
    meta.asked();
  });
});
