import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Json, KITCHEN, NOW, openStage, ROOF, SHOWROOM, SOLAR, type Stage, word } from "./testing.ts";

const DAY = 86_400_000;
const ACCOUNT = "17841400099887766";
let stage: Stage;
let at: { pageId: string; psid: string };
beforeEach(async () => {
  stage = await openStage();
  at = { pageId: SOLAR, psid: await stage.lead() };
});
afterEach(() => stage.close());

async function write(text: string, more: Json = {}): Promise<string> {
  const { messages } = await stage.control("messages", { ...at, text, ...more });
  const mids = Array.isArray(messages) ? messages.map(({ mid }: { mid: string }) => mid) : [];
  return mids.at(-1) ?? "";
}
const items = async () => (await stage.heard()).map(({ item }) => item);

describe("what people do in the chat", () => {
  test("reactions come, go, and open the window; another owner keeps them", async () => {
    const mid = await write("Hallo?");
    await stage.heard();
    stage.clock.now += 2 * DAY;
    expect(await stage.control("reactions", { ...at, mid, emoji: "❤️" })).toMatchObject({
      windowEndsAt: NOW + 3 * DAY,
    });
    await stage.control("reactions", { ...at, mid, emoji: null });
    expect(await items()).toMatchObject([
      { reaction: { reaction: "love", emoji: "❤️", action: "react", mid } },
      { reaction: { action: "unreact", mid } },
    ]);
    expect(await stage.control("reactions", { ...at, mid, emoji: null })).toMatchObject({ status: 409 });
    await stage.control("inbox", { ...at, action: "take" });
    await stage.control("reactions", { ...at, mid, emoji: "🔥" });
    expect((await stage.heard()).map(word)).toEqual(["take_thread_control"]);
  });

  test("a text is edited up to five times, with counts that are numbers or text", async () => {
    const mid = await write("Freitag");
    await stage.heard();
    for (let count = 1; count <= 5; count += 1) await stage.control("edits", { ...at, mid, text: `Tag ${count}` });
    expect((await items()).map(({ message_edit: edit }) => edit)).toEqual([
      { mid, text: "Tag 1", num_edit: 1 },
      { mid, text: "Tag 2", num_edit: "2" },
      { mid, text: "Tag 3", num_edit: 3 },
      { mid, text: "Tag 4", num_edit: "4" },
      { mid, text: "Tag 5", num_edit: 5 },
    ]);
    expect(await stage.control("edits", { ...at, mid, text: "Tag 6" })).toMatchObject({ status: 409 });
  });

  test("what is unsent on Messenger leaves the chat, and nobody is told", async () => {
    const mid = await write("Ups");
    await stage.heard();
    const { messages } = await stage.control("unsend", { ...at, mid });
    expect(messages).toEqual(expect.arrayContaining([expect.objectContaining({ mid, text: null, isUnsent: true })]));
    expect(await items()).toEqual([]);
  });

  test("every kind of attachment in Meta's shape, a reply, and the ad a message came from", async () => {
    const mid = await write("Fotos?");
    await stage.heard();
    const attachments = ["image", "video", "audio", "file", "sticker", "fallback", "location"];
    await stage.control("messages", { ...at, attachments, replyToMid: mid });
    await write("Neue Frage", { referral: { adId: ROOF, ref: "autumn" } });
    const [files, asked] = await items();
    expect(files).toMatchObject({
      message: {
        reply_to: { mid, is_self_reply: false },
        attachments: [
          { type: "image", payload: { url: expect.stringContaining("http") } },
          { type: "video" },
          { type: "audio" },
          { type: "file" },
          { type: "sticker", payload: { sticker_id: 369239263222822 } },
          { type: "fallback", title: "Roof plan", payload: null },
          { type: "location", payload: { coordinates: { lat: 48.7758 } } },
        ],
      },
    });
    expect(asked).toMatchObject({
      message: { referral: { ref: "autumn", ad_id: ROOF, source: "ADS", type: "OPEN_THREAD" } },
    });
  });

  test("a link opens the thread and its window again; the tap on an ad opens no window", async () => {
    stage.clock.now += 3 * DAY;
    expect(await stage.control("links", { ...at, adId: ROOF })).toMatchObject({ windowEndsAt: NOW + DAY });
    expect(await stage.control("links", { ...at, ref: "flyer" })).toMatchObject({ windowEndsAt: NOW + 4 * DAY });
    expect(await items()).toMatchObject([
      { referral: { ad_id: ROOF, type: "OPEN_THREAD" } },
      { referral: { ref: "flyer", source: "SHORTLINK", type: "OPEN_THREAD" } },
    ]);
    const { psid } = await stage.control("people", { pageId: SOLAR, name: "Ben" });
    expect(await stage.control("links", { pageId: SOLAR, psid, ref: "x" })).toMatchObject({ status: 409 });
    await stage.control("messages", { pageId: SOLAR, psid, text: "Hi", referral: { ref: "x" } });
    expect(await items()).toMatchObject([{ message: { text: "Hi", referral: { ref: "x", source: "SHORTLINK" } } }]);
  });

  test("a button's payload reaches its owner, and on standby nobody", async () => {
    const tap = { ...at, title: "Call me", payload: "CALLBACK" };
    await stage.control("postbacks", tap);
    await stage.control("inbox", { ...at, action: "take" });
    await stage.control("postbacks", tap);
    const [own, , foreign] = await stage.heard();
    expect(own).toMatchObject({ channel: "messaging", item: { postback: { title: "Call me", payload: "CALLBACK" } } });
    expect(foreign).toMatchObject({ channel: "standby", item: { postback: { title: "Call me" } } });
    expect(JSON.stringify(foreign)).not.toContain("CALLBACK");
  });

  test("opt-ins, their end and their return; feedback without a time", async () => {
    expect(await stage.control("optins", { ...at, topic: "offers", action: "stop" })).toMatchObject({ status: 409 });
    for (const action of ["opt_in", "stop", "resume"])
      await stage.control("optins", { ...at, topic: "offers", action });
    await stage.control("feedback", { ...at, score: 5, text: "Quick" });
    const [first, second, third, opinion] = await items();
    expect(first).toMatchObject({ optin: { type: "notification_messages", payload: "offers" } });
    expect(second).toMatchObject({ optin: { notification_messages_status: "STOP NOTIFICATIONS" } });
    expect(third).toMatchObject({ optin: { notification_messages_status: "RESUME NOTIFICATIONS" } });
    expect(opinion?.timestamp).toBeUndefined();
    expect(JSON.stringify(opinion)).toContain('"follow_up":{"type":"free_form","payload":"Quick"}');
  });

  test("who blocked the page or is gone does nothing more", async () => {
    expect(await stage.control("block", { ...at, blocked: true })).toMatchObject({ hasBlocked: true });
    expect(await stage.control("messages", { ...at, text: "?" })).toMatchObject({ status: 409 });
    await stage.control("block", { ...at, blocked: false });
    expect(await stage.control("messages", { ...at, text: "?" })).toMatchObject({ status: 200 });
    expect(await stage.control("delete-account", at)).toMatchObject({ isDeleted: true });
    expect(await stage.control("messages", { ...at, text: "?" })).toMatchObject({ status: 409 });
    expect(await stage.control("flows/start", { adId: ROOF, psid: at.psid })).toMatchObject({ status: 409 });
  });
});

describe("Instagram", () => {
  test("people of the linked account write, react, read and unsend as Instagram tells it", async () => {
    const person = await stage.control("people", { pageId: SOLAR, platform: "instagram", name: "Ida" });
    at = { pageId: SOLAR, psid: String(person.psid) };
    expect(at.psid).toMatch(/^1\d{15}$/);
    const mid = await write("Noch zu haben?", { referral: { adId: ROOF } });
    await stage.control("inbox", { ...at, action: "reply", text: "Ja!" });
    stage.clock.now += 60_000;
    await stage.control("read", at);
    await stage.control("inbox", { ...at, action: "pass" });
    await stage.control("reactions", { ...at, mid, emoji: "👍" });
    await stage.control("unsend", { ...at, mid });
    const heard = await stage.heard();
    const bodies = stage.wires.slice(-heard.length).map(({ body }) => JSON.parse(body));
    expect(new Set(bodies.map(({ object, entry }) => `${object} ${entry[0].id}`))).toEqual(
      new Set([`instagram ${ACCOUNT}`]),
    );
    expect(heard.map(word)).toEqual([
      "message",
      "take_thread_control",
      "standby echo 1217981644879628",
      "standby read",
      "pass_thread_control",
      "field",
      "message",
    ]);
    expect(heard[0]?.item).toMatchObject({ sender: { id: at.psid }, recipient: { id: ACCOUNT } });
    expect(heard[3]?.item).toMatchObject({ read: { mid: expect.stringMatching(/^aWdf/) } });
    expect(heard[5]?.item).toMatchObject({ value: { reaction: { reaction: "like" } } });
    expect(heard[6]?.item).toMatchObject({ message: { mid, is_deleted: true } });
    expect(await stage.control("flows/start", { adId: ROOF, psid: at.psid })).toMatchObject({ status: 409 });
    expect(await stage.control("people", { pageId: KITCHEN, platform: "instagram" })).toMatchObject({ status: 409 });
  });
});

describe("Meta's own acts", () => {
  test("policy enforcement has no sender, a block its reason, an unblock none", async () => {
    expect(await stage.control("policy", { pageId: SOLAR, action: "block", reason: "Spam" })).toMatchObject({
      policy: "block",
    });
    await stage.control("policy", { pageId: SOLAR, action: "warning", oldKey: true });
    await stage.control("policy", { pageId: SOLAR, action: "unblock" });
    expect(await items()).toEqual([
      { recipient: { id: SOLAR }, timestamp: NOW, policy_enforcement: { action: "block", reason: "Spam" } },
      {
        recipient: { id: SOLAR },
        timestamp: NOW,
        "policy-enforcement": expect.objectContaining({ action: "warning" }),
      },
      { recipient: { id: SOLAR }, timestamp: NOW, policy_enforcement: { action: "unblock" } },
    ]);
  });

  test("labels of the page's people come and go", async () => {
    await stage.control("labels", { ...at, name: "VIP", action: "add" });
    expect(await stage.control("labels", { ...at, name: "VIP", action: "add" })).toMatchObject({ status: 409 });
    await stage.control("labels", { ...at, name: "VIP", action: "remove" });
    expect((await stage.heard()).map(word)).toEqual(["add VIP", "remove VIP"]);
  });

  test("an Instant Form tells ids only, and keeps its answers", async () => {
    const [form] = stage.sandbox.meta.world.instantForms;
    const submit = { pageId: SOLAR, answers: { full_name: ["Kim Muster"], phone_number: "+49 151 1" } };
    const lead = await stage.control("instant-forms/submit", { ...submit, consents: { marketing_ok: true } });
    expect(lead).toMatchObject({
      formId: form?.id,
      adId: ROOF,
      fieldData: [
        { name: "full_name", values: ["Kim Muster"] },
        { name: "phone_number", values: ["+49 151 1"] },
      ],
      consents: [{ key: "marketing_ok", checked: true }],
    });
    await stage.control("instant-forms/submit", { ...submit, organic: true });
    await stage.control("instant-forms/submit", { ...submit, test: true });
    await stage.control("instant-forms/submit", { ...submit, test: true });
    const heard = await items();
    expect(heard[0]).toMatchObject({ field: "leadgen", value: { page_id: SOLAR, created_time: NOW / 1000 } });
    expect(heard).toHaveLength(4);
    expect(JSON.stringify(heard)).not.toContain("Kim");
    expect(await stage.control("instant-forms")).toMatchObject({
      forms: { length: 2 },
      leads: [{ isTest: true }, {}, {}],
    });
    expect(stage.sandbox.meta.world.instantLeads.map(({ isTest }) => isTest)).toEqual([false, false, true]);
    expect(await stage.control("instant-forms/submit", { pageId: SOLAR, answers: { shoe: ["44"] } })).toMatchObject({
      status: 400,
    });
  });

  test("the dashboard's tests are of page 0, and the smoke test of none", async () => {
    for (const field of ["leadgen", "messages", "messaging_postbacks", "curl"]) {
      expect(await stage.control("test-webhook", { field })).toMatchObject({ status: 200 });
    }
    const [leadgen, message, button, curl] = await stage.heard();
    expect(leadgen).toMatchObject({ pageId: "0", item: { value: { leadgen_id: "444444444444", ad_id: "444444444" } } });
    expect(message).toMatchObject({ channel: "changes", item: { value: { timestamp: String(NOW / 1000) } } });
    expect(button?.item).toMatchObject({ field: "messaging_postbacks" });
    expect(curl?.item).toEqual({ message: "TEST_MESSAGE" });
    expect(curl?.pageId).toBeUndefined();
    expect(await stage.control("test-webhook", { field: "nonsense" })).toMatchObject({ status: 400 });
  });

  test("rare shapes are told as they are, each once", async () => {
    const refused = await stage.control("oddities", { ...at, kind: "nonsense" });
    expect(refused).toMatchObject({ status: 400 });
    const { kinds } = await stage.control("oddities", { ...at, kind: "unsupported" });
    expect(await items()).toMatchObject([{ message: { is_unsupported: true } }]);
    for (const kind of Array.isArray(kinds) ? kinds : []) await stage.control("oddities", { ...at, kind });
    const heard = JSON.stringify(await items());
    for (const word of ["app_roles", "user_ref", "something_new", "response_feedback", "26390203743090"]) {
      expect(heard).toContain(word);
    }
    const ida = await stage.control("people", { pageId: SOLAR, platform: "instagram" });
    await stage.control("oddities", { pageId: SOLAR, psid: ida.psid, kind: "story-reply" });
    expect(await items()).toMatchObject([{ message: { reply_to: { story: { id: "17900000000000001" } } } }]);
    expect(await stage.control("oddities", { ...at, kind: "story-reply" })).toMatchObject({ status: 409 });
  });

  test("control is ended at once", async () => {
    expect(await stage.control("expire-control", at)).toMatchObject({ control: { name: "idle" } });
    await stage.control("flows/start", { adId: SHOWROOM });
  });
});
