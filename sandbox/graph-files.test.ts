import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mediaBytes } from "./media-bytes.ts";
import { INBOX, isJson, type Json, KITCHEN, openStage, SHOWROOM, SOLAR, type Stage, word } from "./testing.ts";

let stage: Stage;
let psid: string;
beforeEach(async () => {
  stage = await openStage();
  psid = await stage.lead();
});
afterEach(() => stage.close());

const DAY = 86_400_000;
const kitchenToken = `sandbox-page-token-${KITCHEN}`;
const refusal = (code: number, subcode?: number) => ({
  error: expect.objectContaining({ code, ...(subcode === undefined ? {} : { error_subcode: subcode }) }),
});
const send = async (message: Json, more: Json = {}) =>
  (await stage.graph("me/messages", { recipient: { id: psid }, message, ...more })).json;
const image = (payload: Json, type = "image") => ({ attachment: { type, payload } });

async function upload(edge: string, fields: Json, file: File, token = `sandbox-page-token-${SOLAR}`): Promise<Json> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, JSON.stringify(value));
  form.set("filedata", file);
  const headers = { authorization: `Bearer ${token}` };
  const init = { method: "POST", headers, body: form };
  return (await fetch(`${stage.sandbox.address}/v26.0/me/${edge}`, init)).json();
}

const picture = (bytes = mediaBytes("roof.png"), type = "image/png", name = "roof.png") =>
  new File([new Uint8Array(bytes)], name, { type });

async function echoedUrls(): Promise<string[]> {
  const [echo] = await stage.heard();
  const message = isJson(echo?.item.message) ? echo.item.message : {};
  const attachments = Array.isArray(message.attachments) ? message.attachments : [];
  return attachments.map(({ payload }) => String(payload.url));
}

describe("files", () => {
  test("sent from the form itself arrive byte for byte", async () => {
    const file = picture();
    const sent = await upload("messages", { recipient: { id: psid }, message: image({}) }, file);
    expect(sent).toMatchObject({ recipient_id: psid, message_id: expect.stringMatching(/^m_/) });
    const [url = ""] = await echoedUrls();
    const response = await fetch(url);
    expect(response.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await response.arrayBuffer()).equals(mediaBytes("roof.png"))).toBe(true);
    const photo = picture(mediaBytes("roof.png"), "image/jpeg", "roof.jpg");
    await upload("messages", { recipient: { id: psid }, message: image({}) }, photo);
    const [other = ""] = await echoedUrls();
    expect((await fetch(other)).headers.get("content-type")).toBe("image/jpeg");
  });

  test("uploaded ahead get an id, which is the page's own and good for ninety days", async () => {
    const saved = await upload("message_attachments", { message: image({ is_reusable: true }) }, picture());
    const { attachment_id } = saved;
    expect(attachment_id).toMatch(/^\d+$/);
    expect(await send(image({ attachment_id }))).toMatchObject({ recipient_id: psid });
    expect(await send(image({ attachment_id }, "video"))).toMatchObject(refusal(100, 2018074));
    const kitchen = await stage.lead(SHOWROOM);
    const stolen = { recipient: { id: kitchen }, message: image({ attachment_id }) };
    expect((await stage.graph("me/messages", stolen, kitchenToken)).json).toMatchObject(refusal(100, 2018074));
    stage.clock.now += 91 * DAY;
    await stage.control("messages", { pageId: SOLAR, psid, text: "Wieder da" });
    expect(await send(image({ attachment_id }))).toMatchObject(refusal(100, 2018074));
  });

  test("from an address on this machine are fetched, or it is said that they cannot be", async () => {
    const shelf = createServer((request, response) => {
      const isThere = request.url === "/roof.png";
      response.writeHead(isThere ? 200 : 404, { "content-type": "image/png" });
      response.end(isThere ? mediaBytes("roof.png") : "");
    });
    await new Promise<void>((resolve) => shelf.listen(0, "127.0.0.1", resolve));
    const address = shelf.address();
    const base = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    const url = `${base}/roof.png`;
    expect(await send(image({ url, is_reusable: true }))).toMatchObject({ attachment_id: expect.any(String) });
    expect(await send(image({ url: `${base}/other.png` }))).toMatchObject(refusal(100, 2018008));
    expect(await send(image({ url: "https://files.invalid/roof.png" }))).toMatchObject(refusal(100, 2018008));
    expect(await send(image({ url: "https://files.example/roof.png" }))).toMatchObject({ recipient_id: psid });
    shelf.closeAllConnections();
    await new Promise((resolve) => shelf.close(resolve));
  });

  test("of the wrong kind or too large are refused", async () => {
    const to = { recipient: { id: psid } };
    const text = picture(Buffer.from("hello"), "text/plain", "note.txt");
    expect(await upload("messages", { ...to, message: image({}) }, text)).toMatchObject(refusal(100, 2018047));
    expect(await upload("messages", { ...to, message: image({}, "file") }, text)).toMatchObject({ recipient_id: psid });
    const large = picture(Buffer.alloc(8 * 1024 * 1024 + 1));
    expect(await upload("messages", { ...to, message: image({}) }, large)).toMatchObject(refusal(100, 2018109));
    expect(await send(image({}))).toMatchObject(refusal(100));
  });

  test("up to thirty pictures travel together, other things alone, and not with text", async () => {
    const one = { type: "image", payload: { url: "https://files.example/roof.png" } };
    expect(await send({ attachments: Array.from({ length: 30 }, () => one) })).toMatchObject({ recipient_id: psid });
    expect(await echoedUrls()).toHaveLength(30);
    expect(await send({ attachments: Array.from({ length: 31 }, () => one) })).toMatchObject(refusal(100));
    expect(await send({ attachments: [one, { ...one, type: "video" }] })).toMatchObject(refusal(100));
    expect(await send({ text: "Hier", attachment: one })).toMatchObject(refusal(100));
  });
});

describe("pictures and files on Meta's servers", () => {
  const profile = async () => {
    const person = stage.sandbox.meta.world.people[psid];
    if (person !== undefined) person.hasProfile = true;
    return String((await stage.graph(`${psid}?fields=profile_pic`)).json.profile_pic);
  };

  test("are signed, and end", async () => {
    const url = await profile();
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(url.replace(/oh=.*/, "oh=0"))).status).toBe(403);
    stage.clock.now += 4 * DAY;
    expect((await fetch(url)).status).toBe(403);
    expect((await fetch(await profile())).status).toBe(200);
    await stage.control("faults", { mediaGone: true });
    expect((await fetch(await profile())).status).toBe(410);
  });

  test("are what they are called", () => {
    const start = (name: string, begin: number, end: number) =>
      mediaBytes(name).subarray(begin, end).toString("latin1");
    expect(start("a.pdf", 0, 5)).toBe("%PDF-");
    expect(start("a.mp4", 4, 8)).toBe("ftyp");
    expect(mediaBytes("a.mp3").readUInt16BE(0)).toBe(0xfffb);
    expect(start("profile/a.png", 1, 4)).toBe("PNG");
    expect(mediaBytes("a.png").equals(mediaBytes("b.png"))).toBe(false);
  });

  test("the ad's photo is one of them", async () => {
    await stage.control("flows/start", { adId: "120231004567890102", psid });
    await stage.control("flows/answer", { pageId: SOLAR, psid, choice: 0 });
    const [heard] = await stage.heard();
    const [, url = ""] = /"photo_url":"([^"]+)"/.exec(JSON.stringify(heard?.item)) ?? [];
    expect((await fetch(url)).headers.get("content-type")).toBe("image/png");
  });
});

describe("signs of life", () => {
  const sign = async (sender_action: string, more: Json = {}) =>
    (await stage.graph("me/messages", { recipient: { id: psid }, sender_action, ...more })).json;
  const view = () => stage.control(`threads/${SOLAR}/${psid}`);

  test("typing and having seen are shown on the phone", async () => {
    expect(await sign("typing_on")).toEqual({ recipient_id: psid });
    expect(await view()).toMatchObject({ signs: { typingUntil: stage.clock.now + 20_000 } });
    await sign("mark_seen");
    expect(await view()).toMatchObject({ signs: { seenAt: stage.clock.now } });
    await send({ text: "Guten Tag" });
    expect(await view()).toMatchObject({ signs: { typingUntil: null } });
  });

  test("the page reacts to a message, and takes it back", async () => {
    await stage.control("messages", { pageId: SOLAR, psid, text: "Danke!" });
    const [heard] = await stage.heard();
    const message_id = Object(heard?.item.message).mid;
    await sign("react", { payload: { message_id, reaction: "love" } });
    expect(await view()).toMatchObject({ pageReactions: { [message_id]: "love" } });
    await sign("unreact", { payload: { message_id } });
    expect(await view()).toMatchObject({ pageReactions: {} });
    expect(await sign("react", { payload: { message_id: "m_other" } })).toMatchObject(refusal(100));
  });

  test("obey control and the window as messages do", async () => {
    await stage.control("inbox", { pageId: SOLAR, psid, action: "take" });
    expect(await sign("typing_on")).toMatchObject(refusal(10, 2018300));
  });
});

describe("what else a message carries", () => {
  test("a persona, which must be this page's and not deleted", async () => {
    const wanted = { name: "Jana", profile_picture_url: "https://files.example/jana.png" };
    const { id } = (await stage.graph("me/personas", wanted)).json;
    expect(await send({ text: "Hier ist Jana" }, { persona_id: id })).toMatchObject({ recipient_id: psid });
    const { messages } = await stage.control(`threads/${SOLAR}/${psid}`);
    expect(Object(messages).at(-1)).toMatchObject({ personaId: id });
    expect((await stage.graph("me/personas")).json).toMatchObject({ data: [{ id, name: "Jana" }] });
    expect((await stage.graph(`${id}?method=delete`, {})).json).toEqual({ success: true });
    expect((await stage.graph(`${id}`)).json).toMatchObject(refusal(100, 33));
    expect(await send({ text: "Noch einmal" }, { persona_id: id })).toMatchObject(refusal(100));
    expect((await stage.graph("me/personas", { ...wanted, name: "x".repeat(51) })).json).toMatchObject(refusal(100));
  });

  test("a quoted message of the same thread", async () => {
    const first = await send({ text: "Passt Dienstag?" });
    await stage.heard();
    await send({ text: "Oder Mittwoch?" }, { reply_to: { mid: first.message_id } });
    expect((await stage.heard())[0]?.item).toMatchObject({ message: { reply_to: { mid: first.message_id } } });
    expect(await send({ text: "?" }, { reply_to: { mid: "m_other" } })).toMatchObject(refusal(100));
  });

  test("a change of hands, executed after sending", async () => {
    await send({ text: "Ich gebe weiter" }, { thread_control: { control_type: "pass", app_id: INBOX } });
    expect((await stage.heard()).map(word)).toContain("pass_thread_control");
    expect(await stage.control(`threads/${SOLAR}/${psid}`)).toMatchObject({ control: { name: "page_inbox" } });
    await stage.graph("me/take_thread_control", { recipient: { id: psid } });
    await send({ text: "Fertig" }, { thread_control: {} });
    expect(await stage.control(`threads/${SOLAR}/${psid}`)).toMatchObject({ control: { name: "idle" } });
    expect(await send({ text: "Noch etwas" }, { thread_control: {} })).toMatchObject({ recipient_id: psid });
    await stage.heard();
    const strange = { thread_control: { control_type: "pass", app_id: "42" } };
    expect(await send({ text: "An wen?" }, strange)).toMatchObject(refusal(100, 2018164));
    expect(await send({ text: "An mich" }, { thread_control: { control_type: "pass" } })).toMatchObject(refusal(100));
    expect(await stage.heard()).toEqual([]);
  });

  test("who blocked the page cannot be reached; who deleted the account is unknown", async () => {
    const person = stage.sandbox.meta.world.people[psid];
    if (person !== undefined) person.hasBlocked = true;
    expect(await send({ text: "Hallo?" })).toMatchObject(refusal(551));
    if (person !== undefined) person.isDeleted = true;
    expect(await send({ text: "Hallo?" })).toMatchObject(refusal(100, 2018001));
  });
});

describe("datasets", () => {
  test("a page has one; events are kept as they were told, and checked", async () => {
    const { id } = (await stage.graph("me/dataset", {})).json;
    expect((await stage.graph(`${SOLAR}/dataset`, {})).json).toEqual({ id });
    const event = {
      event_name: "QualifiedLead",
      event_time: stage.clock.now / 1000,
      action_source: "business_messaging",
      messaging_channel: "messenger",
      user_data: { page_id: SOLAR, page_scoped_user_id: psid },
    };
    const tell = async (more: Json) => (await stage.graph(`${id}/events`, { data: [{ ...event, ...more }] })).json;
    expect(await tell({})).toMatchObject({ events_received: 1, messages: [] });
    expect(await tell({ event_name: "Sold" })).toMatchObject(refusal(100));
    expect(await tell({ event_time: stage.clock.now / 1000 - 8 * 86_400 })).toMatchObject(refusal(100));
    expect(await tell({ user_data: { page_scoped_user_id: "7" } })).toMatchObject(refusal(100));
    const stages = { action_source: "system_generated", event_name: "Won", user_data: { lead_id: 1330044556677889 } };
    expect(await tell(stages)).toMatchObject({ events_received: 1 });
    expect(await stage.control("dataset-events")).toMatchObject({
      events: [{ pageId: SOLAR, event: { event_name: "QualifiedLead" } }, { event: { event_name: "Won" } }],
    });
  });
});
