import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  BATTERY,
  type Json,
  KITCHEN,
  NOW,
  OURS,
  openStage,
  ROOF,
  SHOWROOM,
  SOLAR,
  type Stage,
  word,
} from "./testing.ts";

const DAY = 86_400_000;
const kitchenToken = `sandbox-page-token-${KITCHEN}`;
let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const say = (psid: string, more: Json = {}) => ({
  recipient: { id: psid },
  messaging_type: "RESPONSE",
  message: { text: "Guten Tag", metadata: "m1" },
  ...more,
});
const send = (psid: string, more: Json = {}) => stage.graph(`${SOLAR}/messages`, say(psid, more));
const refusal = (code: number, subcode?: number) => ({
  status: expect.any(Number),
  json: { error: expect.objectContaining({ code, ...(subcode === undefined ? {} : { error_subcode: subcode }) }) },
});
const human = { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" };

describe("an accepted send", () => {
  test("answers with the message id, which its echo and its delivery receipt bear", async () => {
    const psid = await stage.lead();
    const { status, json } = await send(psid);
    expect(status).toBe(200);
    expect(json).toEqual({ recipient_id: psid, message_id: expect.stringMatching(/^m_/) });
    const [echo, delivery] = await stage.heard();
    expect(echo?.item).toMatchObject({
      sender: { id: SOLAR },
      recipient: { id: psid },
      message: { mid: json.message_id, is_echo: true, app_id: Number(OURS), metadata: "m1", text: "Guten Tag" },
    });
    expect(delivery?.item).toMatchObject({ delivery: { mids: [json.message_id] } });
    expect(delivery?.item).not.toHaveProperty("timestamp");
    expect(await stage.control("sent?metadata=m1")).toMatchObject({
      sent: [{ mid: json.message_id, psid, answered: "ok" }],
    });
  });

  test("is read when the customer looks, and only once", async () => {
    const psid = await stage.lead();
    await send(psid);
    const [echo] = await stage.heard();
    stage.clock.now += 60_000;
    await stage.control("read", { pageId: SOLAR, psid });
    await stage.control("read", { pageId: SOLAR, psid });
    const reads = await stage.heard();
    expect(reads.map(word)).toEqual(["read"]);
    expect(reads[0]?.item).toMatchObject({ timestamp: stage.clock.now, read: { watermark: echo?.item.timestamp } });
  });

  test("works through /me, and a tapped quick reply brings its payload back", async () => {
    const psid = await stage.lead();
    const quick_replies = [{ content_type: "text", title: "Ja", payload: "YES" }];
    const sent = await stage.graph("me/messages", say(psid, { message: { text: "Passt morgen?", quick_replies } }));
    expect(sent.status).toBe(200);
    await stage.heard();
    await stage.control("messages", { pageId: SOLAR, psid, choice: 0 });
    const [answer] = await stage.heard();
    expect(answer?.item).toMatchObject({ message: { text: "Ja", quick_reply: { payload: "YES" } } });
  });
});

describe("refused sends", () => {
  test("outside the window: 10/2018278; a human agent may still write for seven days", async () => {
    const psid = await stage.lead(BATTERY, "complete", NOW - 8 * DAY);
    expect(await send(psid)).toEqual(refusal(10, 2018278));
    expect(await send(psid, human)).toEqual(refusal(10, 2018278));
    stage.clock.now -= 2 * DAY;
    expect((await send(psid, human)).status).toBe(200);
  });

  test("the window after an ad lasts seven days on the page where it does, and one day on the other", async () => {
    const solar = await stage.lead(BATTERY, "complete", NOW - 3 * DAY);
    expect((await send(solar)).status).toBe(200);
    const kitchen = await stage.lead(SHOWROOM, "complete", NOW - 3 * DAY);
    expect(await stage.graph("me/messages", say(kitchen), kitchenToken)).toEqual(refusal(10, 2018278));
    expect(await stage.graph("me/messages", say(kitchen, human), kitchenToken)).toEqual(refusal(10));
  });

  test("another app owns the thread: 10/2018300", async () => {
    const psid = await stage.lead();
    await stage.control("inbox", { pageId: SOLAR, psid, action: "take" });
    expect(await send(psid)).toEqual(refusal(10, 2018300));
  });

  test("the questions are running: 10/2018321, unless the ad lets the app interrupt", async () => {
    const one = await stage.control("flows/start", { adId: ROOF });
    await stage.control("flows/answer", { pageId: SOLAR, psid: one.psid, choice: 0 });
    expect(await send(String(one.psid))).toEqual(refusal(10, 2018321));

    const two = await stage.control("flows/start", { adId: BATTERY });
    await stage.control("flows/answer", { pageId: SOLAR, psid: two.psid, choice: 0 });
    await stage.heard();
    expect((await send(String(two.psid))).status).toBe(200);
    expect((await stage.heard()).map(word)).toEqual([`echo ${OURS}`, "delivery", "LEAD_INCOMPLETE"]);
    expect(await stage.control(`threads/${SOLAR}/${two.psid}`)).toMatchObject({
      flow: { ending: "interrupted_by_app" },
      control: { name: "ours" },
    });
  });

  test("unknown people, people of the other page, and those who only tapped an ad: 100/2018001", async () => {
    const kitchen = await stage.lead(SHOWROOM);
    const tapped = await stage.control("flows/start", { adId: ROOF });
    expect(await send("7000000000000000")).toEqual(refusal(100, 2018001));
    expect(await send(kitchen)).toEqual(refusal(100, 2018001));
    expect(await send(String(tapped.psid))).toEqual(refusal(100, 2018001));
  });

  test("removed tags 100/1893061, unknown tags, empty and long texts 100, message with sender action 100/2018014", async () => {
    const psid = await stage.lead();
    expect(await send(psid, { messaging_type: "MESSAGE_TAG", tag: "ACCOUNT_UPDATE" })).toEqual(refusal(100, 1893061));
    expect(await send(psid, { messaging_type: "MESSAGE_TAG", tag: "FREE_PIZZA" })).toEqual(refusal(100));
    expect(await send(psid, { message: { text: "" } })).toEqual(refusal(100));
    expect(await send(psid, { message: { text: "x".repeat(2001) } })).toEqual(refusal(100));
    expect((await send(psid, { message: { text: "x".repeat(2000) } })).status).toBe(200);
    expect(await send(psid, { sender_action: "typing_on" })).toEqual(refusal(100, 2018014));
    expect(await stage.graph(`${SOLAR}/messages`, { message: { text: "to nobody" } })).toEqual(refusal(100));
  });

  test("tokens: none and wrong ones 190, a revoked one 190/460; a wrong proof 100, a right one passes", async () => {
    const psid = await stage.lead();
    expect(await stage.graph("me", undefined, "nonsense")).toEqual(refusal(190));
    await stage.control("faults", { revokeToken: SOLAR });
    expect(await send(psid)).toEqual(refusal(190, 460));
    await stage.control("faults", { restoreToken: SOLAR });
    expect(await send(psid, { appsecret_proof: "0".repeat(64) })).toEqual(refusal(100));
    const proof = createHmac("sha256", "secret").update(`sandbox-page-token-${SOLAR}`).digest("hex");
    expect((await send(psid, { appsecret_proof: proof })).status).toBe(200);
  });

  test("throttling refuses as often as ordered and accepts nothing meanwhile", async () => {
    const psid = await stage.lead();
    await stage.control("faults", { throttle: 613, times: 2 });
    expect(await send(psid)).toEqual(refusal(613));
    expect(await send(psid)).toEqual(refusal(613));
    expect((await send(psid)).status).toBe(200);
    expect(await stage.control("sent")).toMatchObject({ sent: [{ psid }] });
  });
});

describe("unclear answers", () => {
  test.each([
    ["error500", 500],
    ["html", 200],
  ])("%s: the message is accepted and echoed nevertheless", async (unclear, status) => {
    const psid = await stage.lead();
    await stage.control("faults", { unclear });
    const response = await fetch(`${stage.sandbox.address}/v26.0/${SOLAR}/messages`, {
      method: "POST",
      headers: { authorization: `Bearer sandbox-page-token-${SOLAR}` },
      body: JSON.stringify(say(psid)),
    });
    expect(response.status).toBe(status);
    expect((await stage.heard()).map(word)).toEqual([`echo ${OURS}`, "delivery"]);
    expect(await stage.control("sent")).toMatchObject({ sent: [{ metadata: "m1", answered: unclear }] });
  });

  test("cut: the connection breaks after accepting, or without", async () => {
    const psid = await stage.lead();
    await stage.control("faults", { unclear: "cut" });
    await stage.control("faults", { unclear: "cut", accepted: false });
    await expect(send(psid)).rejects.toThrow();
    await expect(send(psid)).rejects.toThrow();
    expect((await stage.heard()).map(word)).toEqual([`echo ${OURS}`, "delivery"]);
  });

  test("timeout: accepted, never answered", async () => {
    const psid = await stage.lead();
    await stage.control("faults", { unclear: "timeout" });
    const patience = new AbortController();
    const call = fetch(`${stage.sandbox.address}/v26.0/${SOLAR}/messages`, {
      method: "POST",
      headers: { authorization: `Bearer sandbox-page-token-${SOLAR}` },
      body: JSON.stringify(say(psid)),
      signal: patience.signal,
    });
    const outcome = expect(call).rejects.toThrow();
    while ((await stage.heard()).length === 0);
    patience.abort();
    await outcome;
    expect(await stage.control("sent")).toMatchObject({ sent: [{ answered: "timeout" }] });
  });
});
