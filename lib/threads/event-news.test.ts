import { describe, expect, test } from "vitest";
import { INSTAGRAM_INBOX_APP_ID, LEADGEN_APP_ID, PAGE_INBOX_APP_ID } from "#lib/messenger/app-ids.ts";
import type { Echo, MessageReceived, Postback, Reaction, ThreadReferral } from "#lib/messenger/meta-event.ts";
import { echoNews, historyNews, messageNews, postbackNews, reactionNews, threadReferralNews } from "./event-news.ts";

const OURS = "900";
const at = new Date("2026-11-22T12:00:00Z");
const base = { pageId: "1", psid: "7", at, key: "k", position: 0, channel: "messaging", platform: "page" } as const;
const text = { mid: "m_1", text: "Hello", attachments: [], replyToMid: null, isDeleted: false };
const nobody = { adId: null, adTitle: null, cameBy: null };

const message: MessageReceived = {
  ...base,
  ...text,
  ...nobody,
  kind: "message",
  quickReply: null,
  isUnsupported: false,
};
const echo: Echo = { ...base, ...text, kind: "echo", appId: null, metadata: null };
const by = (appId: string | null): Echo => ({ ...echo, appId });
const agents = { id: "r1", isAutomatic: false };
const machines = { id: "r1", isAutomatic: true };

describe("what a person did opens the window", () => {
  test("by a message, which may be the first from an ad", () => {
    const said = { lastAction: { at, opener: "message" }, lastInboundAt: at };
    expect(messageNews(message)).toEqual(said);
    expect(messageNews({ ...message, adId: "5" })).toEqual({ ...said, firstAdMessageAt: at });
  });

  test("by a button, which may be the first from an ad", () => {
    const postback: Postback = { ...base, ...nobody, kind: "postback", mid: null, title: "Start", payload: "start" };
    const said = { lastAction: { at, opener: "postback" }, lastInboundAt: at };
    expect(postbackNews(postback)).toEqual(said);
    expect(postbackNews({ ...postback, adId: "5" })).toEqual({ ...said, firstAdMessageAt: at });
  });

  test("by a link, but not by a mere tap on an ad", () => {
    const referral: ThreadReferral = {
      ...base,
      kind: "thread_referral",
      source: null,
      ref: null,
      adId: null,
      adTitle: null,
      isAd: false,
    };
    expect(threadReferralNews(referral)).toEqual({ lastAction: { at, opener: "link" } });
    expect(threadReferralNews({ ...referral, isAd: true })).toEqual({});
  });

  test("by a reaction, but not by taking it back", () => {
    const reaction: Reaction = { ...base, kind: "reaction", mid: "m_1", emoji: "❤", isRemoval: false };
    expect(reactionNews(reaction)).toEqual({ lastAction: { at, opener: "reaction" } });
    expect(reactionNews({ ...reaction, isRemoval: true })).toEqual({});
  });
});

describe("what the page's side wrote", () => {
  test.each([
    ["an agent's reply", echo, agents, true],
    ["an automatic reply", echo, machines, false],
    ["the Page Inbox", by(PAGE_INBOX_APP_ID), null, true],
    ["Instagram's inbox", by(INSTAGRAM_INBOX_APP_ID), null, true],
    ["another app", by("12345"), null, false],
    ["nobody named", echo, null, false],
  ])("is an answer, by a person or not: %s", (_, event, reply, isHuman) => {
    const { facts, ...clocks } = echoNews(event, reply, OURS);
    expect(clocks).toEqual({ lastOutboundAt: at, ...(isHuman ? { lastHumanReplyAt: at } : {}) });
  });

  test.each([
    [PAGE_INBOX_APP_ID, "owner"],
    [OURS, "owner"],
    [LEADGEN_APP_ID, "leadgen_asking"],
    ["12345", null],
    [null, null],
  ])("of the app %s tells about control: %s", (appId, kind) => {
    const fact = { key: "k", source: "echo", at, appId, isLeadHandover: false, kind };
    expect(echoNews(by(appId), null, OURS).facts).toEqual(kind === null ? [] : [fact]);
  });
});

test("what the history shows counts the same, and says nothing about control", () => {
  expect(historyNews({ ...message, adId: "5" }, null)).toEqual({
    lastAction: { at, opener: "message" },
    lastInboundAt: at,
  });
  expect(historyNews(by(PAGE_INBOX_APP_ID), null)).toEqual({ lastOutboundAt: at });
  expect(historyNews(echo, machines)).toEqual({ lastOutboundAt: at });
  expect(historyNews(echo, agents)).toEqual({ lastOutboundAt: at, lastHumanReplyAt: at });
});
