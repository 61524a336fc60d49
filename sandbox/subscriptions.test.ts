import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pageFields } from "./graph-world.ts";
import { BATTERY, type Json, KITCHEN, OURS, openStage, SHOWROOM, SOLAR, type Stage, word } from "./testing.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const HOUR = 3_600_000;
const appToken = `${OURS}|secret`;
const app = (body?: Json) => stage.graph(`${OURS}/subscriptions`, body, appToken);
const page = (body?: Json, more = "") => stage.graph(`${SOLAR}/subscribed_apps${more}`, body);
const say = (psid: string, pageId = SOLAR) => stage.control("messages", { pageId, psid, text: "Hallo" });
const words = async () => (await stage.heard()).map(word);
const refusal = (code: number) => expect.objectContaining({ json: { error: expect.objectContaining({ code }) } });

describe("two layers", () => {
  test("are full at the beginning", async () => {
    expect((await app()).json).toMatchObject({
      data: [
        { object: "page", active: true, callback_url: expect.stringContaining("/webhook") },
        { object: "instagram", active: true },
      ],
    });
    expect((await page()).json).toEqual({
      data: [expect.objectContaining({ id: OURS, subscribed_fields: [...pageFields] })],
    });
    expect(await stage.control("subscriptions")).toMatchObject({
      app: [{ object: "page", fields: [...pageFields] }, {}],
      pages: [
        { pageId: SOLAR, isInstalled: true },
        { pageId: KITCHEN, isInstalled: true },
      ],
    });
  });

  test("a field missing in either is silence", async () => {
    const psid = await stage.lead();
    await page({ subscribed_fields: "messages,message_echoes" });
    await stage.graph("me/messages", { recipient: { id: psid }, message: { text: "Guten Tag" } });
    expect(await words()).toEqual([`echo ${OURS}`]);
    await app({
      object: "page",
      callback_url: "https://inbox.example/webhook",
      verify_token: "verify",
      fields: "messages,message_deliveries",
      include_values: true,
    });
    await stage.graph("me/messages", { recipient: { id: psid }, message: { text: "Noch da?" } });
    expect(await words()).toEqual([]);
    await say(psid);
    expect(await words()).toEqual(["message"]);
    expect(await stage.control("subscriptions")).toMatchObject({ unwanted: 3 });
  });

  test("what happens in other hands needs standby", async () => {
    const psid = await stage.lead();
    await stage.control("inbox", { pageId: SOLAR, psid, action: "take" });
    await say(psid);
    expect(await words()).toEqual(["take_thread_control", "standby message"]);
    await stage.control("faults", { removeField: { layer: "page", pageId: SOLAR, field: "standby" } });
    await say(psid);
    expect(await words()).toEqual([]);
  });

  test("the ad in a first message needs the referrals too", async () => {
    const first = async () => {
      const { psid } = await stage.control("flows/start", { adId: BATTERY });
      await stage.control("flows/answer", { pageId: SOLAR, psid, choice: 0 });
      return (await stage.heard())[0]?.item.message;
    };
    expect(await first()).toMatchObject({ text: "Yes", referral: { ad_id: expect.anything(), source: "ADS" } });
    await stage.control("faults", { removeField: { layer: "app", field: "messaging_referrals" } });
    const message = await first();
    expect(message).toMatchObject({ text: "Yes" });
    expect(message).not.toHaveProperty("referral");
  });

  test("leaving a page, and being back with a list of fields", async () => {
    const psid = await stage.lead();
    const kitchen = await stage.lead(SHOWROOM);
    expect((await page({}, "?method=delete")).json).toEqual({ success: true });
    expect((await page()).json).toEqual({ data: [] });
    await say(psid);
    await say(kitchen, KITCHEN);
    expect(await words()).toEqual(["message"]);
    expect(await page({})).toEqual(refusal(100));
    expect(await page({ subscribed_fields: ["messages", "nonsense"] })).toEqual(refusal(100));
    expect((await page({ subscribed_fields: ["messages"] })).json).toEqual({ success: true });
    await say(psid);
    expect(await words()).toEqual(["message"]);
  });
});

describe("the app's own subscription", () => {
  test("wants the app's token, known fields, and its challenge back", async () => {
    expect(await stage.graph(`${OURS}/subscriptions`)).toEqual(refusal(15));
    expect(await stage.graph(`${OURS}/subscriptions`, undefined, `${OURS}|wrong`)).toEqual(refusal(190));
    const product = createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://product");
      const isRight = url.searchParams.get("hub.verify_token") === "verify";
      response.writeHead(isRight ? 200 : 403).end(url.searchParams.get("hub.challenge"));
    });
    await new Promise<void>((resolve) => product.listen(0, "127.0.0.1", resolve));
    const address = product.address();
    const port = typeof address === "object" ? address?.port : 0;
    const wanted = { object: "page", callback_url: `http://127.0.0.1:${port}/`, fields: ["messages", "leadgen"] };
    expect(await app({ ...wanted, verify_token: "wrong" })).toEqual(refusal(2200));
    expect(await app({ ...wanted, verify_token: "verify", fields: "messaging_handover" })).toEqual(refusal(100));
    expect((await app({ ...wanted, verify_token: "verify" })).json).toEqual({ success: true });
    expect((await app()).json).toMatchObject({ data: [{ object: "instagram" }, { fields: [{}, {}] }] });
    product.closeAllConnections();
    await new Promise((resolve) => product.close(resolve));
  });

  test("Instagram has names of its own", async () => {
    const wanted = { object: "instagram", callback_url: "https://inbox.example/", verify_token: "verify" };
    expect((await app({ ...wanted, fields: "messages,messaging_handover,messaging_seen" })).json).toEqual({
      success: true,
    });
    expect(await app({ ...wanted, fields: "message_echoes" })).toEqual(refusal(100));
  });

  test("can lose a field, an object, or everything", async () => {
    const psid = await stage.lead();
    await stage.control("faults", { removeField: { layer: "app", field: "messages" } });
    await say(psid);
    expect(await words()).toEqual([]);
    await stage.graph(`${OURS}/subscriptions?method=delete&object=instagram`, {}, appToken);
    expect((await app()).json).toMatchObject({ data: [{ object: "page" }] });
    await stage.control("faults", { unsubscribeApp: true });
    expect((await app()).json).toEqual({ data: [] });
  });
});

describe("an hour of failures", () => {
  test("unsubscribes the pages, and what waited is lost", async () => {
    const psid = await stage.lead();
    await stage.control("delivery", { down: true });
    await say(psid);
    const before = { downSince: new Date(stage.clock.now - HOUR / 2).toISOString() };
    expect(await stage.control("delivery", before)).toMatchObject({ queued: 1 });
    expect(await stage.control("subscriptions")).toMatchObject({ pages: [{ isInstalled: true }, {}] });
    await stage.control("delivery", { downSince: new Date(stage.clock.now - HOUR).toISOString() });
    expect(await stage.control("subscriptions")).toMatchObject({
      pages: [{ isInstalled: false }, { isInstalled: false }],
      downSince: null,
    });
    expect((await page()).json).toEqual({ data: [] });
    await stage.control("delivery", { down: false });
    expect(await words()).toEqual([]);
    await page({ subscribed_fields: pageFields.join(",") });
    await say(psid);
    expect(await words()).toEqual(["message"]);
  });

  test("is counted from the first failure by its own clock, and a success ends it", async () => {
    const psid = await stage.lead();
    stage.statuses.push(500);
    await say(psid);
    await stage.heard();
    expect(await stage.control("subscriptions")).toMatchObject({ downSince: null });
    await stage.control("delivery", { down: true });
    await say(psid);
    while ((await stage.control("subscriptions")).downSince === null);
    stage.clock.now += HOUR;
    while (Object((await stage.control("delivery", {})).settings).downSince !== null);
    expect((await page()).json).toEqual({ data: [] });
  });
});
