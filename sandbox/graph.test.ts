import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { INBOX, type Json, KITCHEN, NOW, OURS, openStage, SHOWROOM, SOLAR, type Stage, word } from "./testing.ts";

const DAY = 86_400_000;
const kitchenToken = `sandbox-page-token-${KITCHEN}`;
let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const refusal = (code: number, subcode?: number) => ({
  status: expect.any(Number),
  json: { error: expect.objectContaining({ code, ...(subcode === undefined ? {} : { error_subcode: subcode }) }) },
});

describe("thread control", () => {
  const call = (word: string, psid: string, more: Json = {}, token?: string) =>
    stage.graph(`me/${word}`, { recipient: { id: psid }, ...more }, token);

  test("with routing: pass to the Page Inbox, take back, release, and no webhook tells of the release", async () => {
    const psid = await stage.lead();
    const mine = { data: [{ thread_owner: { app_id: OURS, expiration: (NOW + DAY) / 1000 } }] };
    expect((await stage.graph(`me/thread_owner?recipient=${psid}`)).json).toEqual(mine);
    expect((await call("pass_thread_control", psid, { target_app_id: INBOX })).json).toEqual({ success: true });
    expect((await call("release_thread_control", psid)).json).toEqual(refusal(10, 2018300).json);
    expect((await call("take_thread_control", psid, { metadata: "m" })).json).toEqual({ success: true });
    expect((await stage.heard()).map(word)).toEqual(["pass_thread_control", "take_thread_control"]);
    expect((await call("release_thread_control", psid)).json).toEqual({ success: true });
    expect((await stage.graph(`me/thread_owner?recipient=${psid}`)).json).toEqual({ data: [] });
    expect(await stage.heard()).toEqual([]);
    expect(await call("request_thread_control", psid)).toEqual(refusal(10));
    expect(await call("pass_thread_control", psid, { target_app_id: "42" })).toEqual(refusal(100, 2018164));
  });

  test("without routing: taking is refused, requesting an idle thread grants it, an owned one asks", async () => {
    const psid = await stage.lead(SHOWROOM);
    expect(await call("take_thread_control", psid, {}, kitchenToken)).toEqual(refusal(10));
    expect((await call("request_thread_control", psid, {}, kitchenToken)).status).toBe(200);
    await stage.control("inbox", { pageId: KITCHEN, psid, action: "reply", text: "Moin" });
    await stage.heard();
    expect((await call("request_thread_control", psid, {}, kitchenToken)).status).toBe(200);
    expect(await stage.control("inbox", { pageId: KITCHEN, psid, action: "grant" })).toMatchObject({
      control: { name: "ours" },
    });
    expect((await stage.heard()).map(word)).toEqual(["pass_thread_control"]);
  });

  test("extending prolongs the ownership up to seven days", async () => {
    const psid = await stage.lead();
    expect((await call("extend_thread_control", psid, { duration: 604_800 })).status).toBe(200);
    expect(await call("extend_thread_control", psid, { duration: 604_801 })).toEqual(refusal(100));
    stage.clock.now += 6 * DAY;
    expect((await stage.graph(`me/thread_owner?recipient=${psid}`)).json).toMatchObject({
      data: [{ thread_owner: { app_id: OURS } }],
    });
  });

  test("while another app owns, the customer is overheard on standby; after it passes back, heard again", async () => {
    const psid = await stage.lead();
    const at = { pageId: SOLAR, psid };
    await stage.control("inbox", { ...at, action: "reply", text: "Hier ist Jana." });
    await stage.control("messages", { ...at, text: "Hallo Jana" });
    await stage.control("inbox", { ...at, action: "pass" });
    await stage.control("messages", { ...at, text: "Noch da?" });
    expect((await stage.heard()).map(word)).toEqual([
      "take_thread_control",
      `standby echo ${INBOX}`,
      "standby delivery",
      "standby message",
      "pass_thread_control",
      "message",
    ]);
  });

  test("ownership lapses a day after the last user message", async () => {
    const psid = await stage.lead();
    await stage.control("inbox", { pageId: SOLAR, psid, action: "take" });
    stage.clock.now += DAY + 1;
    expect((await stage.graph(`me/thread_owner?recipient=${psid}`)).json).toEqual({ data: [] });
    await stage.heard();
    await stage.control("messages", { pageId: SOLAR, psid, text: "Hallo?" });
    expect((await stage.heard()).map(word)).toEqual(["message"]);
    expect(await stage.control(`threads/${SOLAR}/${psid}`)).toMatchObject({ control: { name: "ours" } });
  });
});

describe("reading", () => {
  test("the page and its messaging features", async () => {
    expect((await stage.graph("me")).json).toEqual({ id: SOLAR, name: "Solar Süd" });
    expect((await stage.graph(`${SOLAR}?fields=messaging_feature_status`)).json).toEqual({
      id: SOLAR,
      messaging_feature_status: { hop_v2: false, msgr_multi_app: true, ig_multi_app: false },
    });
  });

  test("profiles: a name, an empty object for those who withhold it, 100/33 for strangers", async () => {
    const psid = await stage.lead();
    const person = stage.sandbox.meta.world.people[psid];
    expect(person).toBeDefined();
    if (person === undefined) return;
    person.hasProfile = true;
    person.name = "Käthe von der Heide";
    expect((await stage.graph(`${psid}?fields=name,last_name`)).json).toEqual({
      id: psid,
      name: person.name,
      last_name: "von der Heide",
    });
    person.hasProfile = false;
    expect((await stage.graph(psid)).json).toEqual({});
    expect(await stage.graph("7000000000000000")).toEqual(refusal(100, 33));
    expect((await stage.graph(`${psid}/custom_labels?fields=page_label_name`)).json).toMatchObject({
      data: [{ page_label_name: "Lead Complete" }],
    });
  });
});
