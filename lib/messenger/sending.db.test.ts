import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ControlWish, controlThread } from "./control-thread.ts";
import { createPersona } from "./create-persona.ts";
import { type PlayedMeta, playMeta, refusal } from "./graph-testing.ts";
import { type OutgoingMessage, sendMessage } from "./send-message.ts";
import { sendSenderAction } from "./send-sender-action.ts";
import { uploadAttachment } from "./upload-attachment.ts";

let meta: PlayedMeta;
beforeAll(async () => {
  meta = await playMeta();
});
afterAll(() => meta.close());

const pageId = "104411223344556";
const psid = "7719004412345678";
const terms = { pageId, psid, metadata: "out:1", messagingType: "RESPONSE", tag: null } as const;

function lastBody(): unknown {
  const [asked] = meta.asked();
  return JSON.parse(Buffer.from(asked?.body ?? "null", "latin1").toString("utf8"));
}

describe("sendMessage", () => {
  const accepted = { json: { recipient_id: psid, message_id: "m_EchoExample03" } };
  const base = { recipient: { id: psid }, messaging_type: "RESPONSE" };
  const image = { type: "image" } as const;
  const cases: [string, OutgoingMessage, object][] = [
    ["a text", { ...terms, text: "Hello" }, { ...base, message: { text: "Hello", metadata: "out:1" } }],
    [
      "a human agent's text",
      { ...terms, text: "Hello", messagingType: "MESSAGE_TAG", tag: "HUMAN_AGENT" },
      {
        ...base,
        messaging_type: "MESSAGE_TAG",
        tag: "HUMAN_AGENT",
        message: { text: "Hello", metadata: "out:1" },
      },
    ],
    [
      "a quoting text under an agent's name",
      { ...terms, text: "Yes", replyToMid: "m_1", personaId: "55" },
      { ...base, reply_to: { mid: "m_1" }, persona_id: "55", message: { text: "Yes", metadata: "out:1" } },
    ],
    [
      "a file Meta has",
      { ...terms, attachment: { ...image, attachmentId: "99" } },
      { ...base, message: { attachment: { ...image, payload: { attachment_id: "99" } }, metadata: "out:1" } },
    ],
    [
      "a file Meta fetches",
      { ...terms, attachment: { ...image, url: "https://leads.example.org/a.png" } },
      {
        ...base,
        message: { attachment: { ...image, payload: { url: "https://leads.example.org/a.png" } }, metadata: "out:1" },
      },
    ],
  ];
  test.each(cases)("sends %s", async (_, message, body) => {
    meta.answer(accepted);
    expect(await sendMessage(message, "t")).toEqual({ outcome: "accepted", mid: "m_EchoExample03", usage: null });
    expect(lastBody()).toEqual(body);
  });

  test("an answer without the message's id proves nothing", async () => {
    meta.answer({ json: { recipient_id: psid } });
    expect(await sendMessage({ ...terms, text: "Hello" }, "t")).toMatchObject({ outcome: "unclear" });
    meta.asked();
  });
});

describe("controlThread", () => {
  const recipient = { id: psid };
  const cases: [ControlWish, "messenger" | "instagram", string, object][] = [
    ["take", "messenger", "take", { recipient }],
    ["request", "messenger", "request", { recipient }],
    ["release", "instagram", "release", { recipient }],
    ["pass_default", "messenger", "pass", { recipient }],
    ["pass_page_inbox", "messenger", "pass", { recipient, target_app_id: "263902037430900" }],
    ["pass_page_inbox", "instagram", "pass", { recipient, target_app_id: "1217981644879628" }],
    [{ kind: "pass_app", targetAppId: "42" }, "messenger", "pass", { recipient, target_app_id: "42" }],
    [{ kind: "extend", seconds: 3600 }, "messenger", "extend", { recipient, duration: 3600 }],
    [{ kind: "extend", seconds: 10_000_000 }, "messenger", "extend", { recipient, duration: 604_800 }],
  ];
  test.each(cases)("%j on %s", async (wish, platform, edge, body) => {
    meta.answer({ json: { success: true } });
    expect(await controlThread(wish, { pageId, psid, platform }, "t")).toMatchObject({ outcome: "done" });
    const [asked] = meta.asked();
    expect(asked?.path).toBe(`/v26.0/${pageId}/${edge}_thread_control`);
    expect(JSON.parse(asked?.body ?? "")).toEqual(body);
  });

  test("an answer that is no success is not one", async () => {
    meta.answer({ json: { success: false } });
    expect(await controlThread("take", { pageId, psid }, "t")).toMatchObject({ outcome: "unclear" });
    meta.asked();
  });
});

describe("sendSenderAction", () => {
  test("shows typing under an agent's name, and thinks of a message", async () => {
    const place = { pageId, psid, personaId: "55" };
    meta.answer({ json: { recipient_id: psid } }, { json: { recipient_id: psid } }, { json: { recipient_id: psid } });
    const outcome = await sendSenderAction({ action: "typing_on" }, place, "t");
    expect(outcome).toMatchObject({ outcome: "ok" });
    expect(lastBody()).toEqual({ recipient: { id: psid }, sender_action: "typing_on", persona_id: "55" });
    await sendSenderAction({ action: "react", mid: "m_1", emoji: "❤" }, place, "t");
    const reaction = { message_id: "m_1", reaction: "❤" };
    expect(lastBody()).toEqual({ recipient: { id: psid }, sender_action: "react", payload: reaction });
    await sendSenderAction({ action: "unreact", mid: "m_1" }, place, "t");
    expect(lastBody()).toMatchObject({ sender_action: "unreact", payload: { message_id: "m_1" } });
  });
});

describe("uploadAttachment", () => {
  const upload = {
    pageId,
    platform: "instagram",
    type: "image",
    bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
    contentType: "image/png",
    fileName: "Dach.png",
  } as const;

  test("sends the bytes in a form, and gets an id that stays whole", async () => {
    meta.answer({ text: '{"attachment_id":120231004567890123}' });
    expect(await uploadAttachment(upload, "t")).toMatchObject({ outcome: "ok", value: "120231004567890123" });
    const [asked] = meta.asked();
    expect(asked?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(asked?.body).toContain('name="filedata"; filename="Dach.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n');
    expect(asked?.body).toContain('{"attachment":{"type":"image","payload":{"is_reusable":true}}}');
    expect(asked?.body).toContain('name="platform"\r\n\r\ninstagram\r\n');
  });

  test("says why a file is not taken", async () => {
    meta.answer(refusal(100, 2018109));
    expect(await uploadAttachment(upload, "t")).toMatchObject({ outcome: "refused", word: "fileTooLarge" });
    meta.asked();
  });
});

test("a persona has a name Meta accepts", async () => {
  meta.answer({ json: { id: "55" } });
  const persona = { name: ` ${"Ä".repeat(60)} `, pictureUrl: "https://leads.example.org/ada.png" };
  expect(await createPersona(pageId, persona, "t")).toMatchObject({ outcome: "ok", value: "55" });
  expect(lastBody()).toEqual({ name: "Ä".repeat(50), profile_picture_url: "https://leads.example.org/ada.png" });
});
