import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Json, KITCHEN, openStage, SOLAR, type Stage, word } from "./testing.ts";

let stage: Stage;
let psid: string;
beforeEach(async () => {
  stage = await openStage();
  const made = await stage.control("people", { pageId: SOLAR, name: "Ida Muster", platform: "instagram" });
  psid = String(made.psid);
  await stage.control("messages", { pageId: SOLAR, psid, text: "Hallo aus Instagram" });
  await stage.heard();
});
afterEach(() => stage.close());

const DAY = 86_400_000;
const IG_INBOX = "1217981644879628";
const refusal = (code: number, subcode?: number) => ({
  error: expect.objectContaining({ code, ...(subcode === undefined ? {} : { error_subcode: subcode }) }),
});
const read = async (path: string) => (await stage.graph(path)).json;
const send = async (text: string, more: Json = {}) =>
  (await stage.graph("me/messages", { recipient: { id: psid }, message: { text }, ...more })).json;

describe("people of Instagram", () => {
  test("have threads of their own, with names as Instagram has them", async () => {
    expect(await read("me/conversations?platform=messenger")).toMatchObject({ data: [] });
    expect(await read("me/conversations?platform=instagram&fields=participants")).toMatchObject({
      data: [{ participants: { data: [{ id: psid, username: "idamuster" }, { id: "17841400099887766" }] } }],
    });
    const { messages } = await read(`t_1${psid}?fields=messages{id,message,from}`);
    const [message] = Object(messages).data;
    expect(message).toMatchObject({ message: "Hallo aus Instagram", from: { id: psid } });
    expect(await read(`${message.id}?fields=message`)).toMatchObject({ message: "Hallo aus Instagram" });
    const person = stage.sandbox.meta.world.people[psid];
    if (person !== undefined) person.hasProfile = true;
    expect(await read(`${psid}?fields=name,username,is_user_follow_business`)).toMatchObject({ username: "idamuster" });
  });

  test("are written to in 1000 bytes, within the day, by the thread's owner", async () => {
    expect(await send("ä".repeat(500))).toMatchObject({ recipient_id: psid });
    expect((await stage.heard()).map(word)).toContain("echo 1122334455667788");
    expect(await send("ä".repeat(501))).toMatchObject(refusal(100));
    await stage.graph("me/pass_thread_control", { recipient: { id: psid }, target_app_id: IG_INBOX });
    expect(await send("Noch da?")).toMatchObject(refusal(100, 2534037));
    stage.clock.now += 2 * DAY;
    expect(await send("Noch da?")).toMatchObject(refusal(10, 2534022));
  });

  test("are nowhere on a page without an account", async () => {
    const kitchen = await stage.graph(
      "me/conversations?platform=instagram",
      undefined,
      `sandbox-page-token-${KITCHEN}`,
    );
    expect(kitchen.json).toMatchObject(refusal(100, 2534013));
  });

  test("need the instagram fields of the app", async () => {
    const say = () => stage.control("messages", { pageId: SOLAR, psid, text: "Und?" });
    await say();
    expect((await stage.heard()).map(word)).toEqual(["message"]);
    const { graph } = stage.sandbox.meta.world;
    graph.appSubscriptions = graph.appSubscriptions.filter(({ object }) => object === "page");
    await say();
    expect(await stage.heard()).toEqual([]);
  });
});

describe("the page about itself", () => {
  test("reviewed features, the privacy rules, and what does not exist any more", async () => {
    expect(await read("me/messaging_feature_review")).toMatchObject({
      data: expect.arrayContaining([{ feature: "human_agent", status: "approved" }]),
    });
    expect(await read("me/messenger_profile?fields=subject_to_new_eu_privacy_rules")).toEqual({
      data: [{ subject_to_new_eu_privacy_rules: true }],
    });
    expect(await read("me/secondary_receivers?fields=id,name")).toMatchObject(refusal(100));
    expect(await read("me?fields=id,nonsense")).toMatchObject(refusal(100));
  });

  test("unwanted people are blocked, and let in again", async () => {
    const moderate = async (actions: string[]) =>
      (await stage.graph("me/moderate_conversations", { user_ids: [psid], actions })).json;
    expect(await moderate(["BLOCK_USER", "MOVE_TO_SPAM"])).toEqual({ success: true });
    expect(stage.sandbox.meta.world.graph.moderation[psid]).toEqual(["BLOCK_USER", "MOVE_TO_SPAM"]);
    await moderate(["UNBLOCK_USER"]);
    expect(stage.sandbox.meta.world.graph.moderation[psid]).toEqual(["MOVE_TO_SPAM"]);
    expect(await moderate(["FORGET"])).toMatchObject(refusal(100));
  });
});
