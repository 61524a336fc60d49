/** The calls to Graph as the sandbox understands them: what one of us writes, the other has to be able to read. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { env } from "#lib/env.ts";
import { ads, KITCHEN, openStage, SOLAR, type Stage } from "#lib/inbound/testing.ts";
import { controlThread } from "#lib/messenger/control-thread.ts";
import { createPersona } from "#lib/messenger/create-persona.ts";
import { exchangeCode } from "#lib/messenger/exchange-code.ts";
import { extendUserToken } from "#lib/messenger/extend-user-token.ts";
import { getAds } from "#lib/messenger/get-ads.ts";
import { getAppSubscription } from "#lib/messenger/get-app-subscription.ts";
import { getConversationMessages } from "#lib/messenger/get-conversation-messages.ts";
import { getInstantForm } from "#lib/messenger/get-instant-form.ts";
import { getInstantLead } from "#lib/messenger/get-instant-lead.ts";
import { getLabels } from "#lib/messenger/get-labels.ts";
import { getLeadAccess } from "#lib/messenger/get-lead-access.ts";
import { getPageFeatures } from "#lib/messenger/get-page-features.ts";
import { getProfile } from "#lib/messenger/get-profile.ts";
import { getSubscription } from "#lib/messenger/get-subscription.ts";
import { getThreadOwner } from "#lib/messenger/get-thread-owner.ts";
import { inspectToken } from "#lib/messenger/inspect-token.ts";
import { listConversations } from "#lib/messenger/list-conversations.ts";
import { listFormLeads } from "#lib/messenger/list-form-leads.ts";
import { listPages } from "#lib/messenger/list-pages.ts";
import { loginDialogUrl } from "#lib/messenger/login-dialog.ts";
import { sendMessage } from "#lib/messenger/send-message.ts";
import { type SenderSign, sendSenderAction } from "#lib/messenger/send-sender-action.ts";
import { subscribeApp } from "#lib/messenger/subscribe-app.ts";
import { subscribePage } from "#lib/messenger/subscribe-page.ts";
import { uploadAttachment } from "#lib/messenger/upload-attachment.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.control("faults", { clear: true }));
afterAll(() => stage.close());

const token = `sandbox-page-token-${SOLAR}`;
const thread = (psid: string) => ({ pageId: SOLAR, psid });

describe("threads", () => {
  test("are listed page by page, and read message by message", async () => {
    const { psid, answers } = await stage.play(ads.roof, "complete");
    await stage.play(ads.roof, "complete");
    const first = await listConversations({ pageId: SOLAR, platform: "messenger", limit: 1 }, token);
    if (first.outcome !== "ok") throw new Error(first.outcome);
    expect(first.value.after).not.toBeNull();
    const next = { pageId: SOLAR, platform: "messenger", limit: 1, after: first.value.after } as const;
    const second = await listConversations(next, token);
    if (second.outcome !== "ok") throw new Error(second.outcome);
    const ids = [...first.value.conversations, ...second.value.conversations].map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);

    const one = await listConversations({ pageId: SOLAR, platform: "messenger", psid }, token);
    if (one.outcome !== "ok") throw new Error(one.outcome);
    const [conversation] = one.value.conversations;
    expect(conversation?.participants.map(({ id }) => id)).toEqual([psid, SOLAR]);
    expect(conversation?.updatedAt).toBeInstanceOf(Date);

    const whole = await getConversationMessages(conversation?.id ?? "", token, { limit: 100 });
    if (whole.outcome !== "ok") throw new Error(whole.outcome);
    const said = whole.value.messages.filter(({ fromId }) => fromId === psid).map(({ text }) => text);
    expect(said).toEqual(expect.arrayContaining(answers.map(({ answer }) => answer)));
    const parts = await getConversationMessages(conversation?.id ?? "", token, { limit: 2 });
    if (parts.outcome !== "ok") throw new Error(parts.outcome);
    const rest = await getConversationMessages(conversation?.id ?? "", token, { limit: 2, after: parts.value.after });
    if (rest.outcome !== "ok") throw new Error(rest.outcome);
    expect([...parts.value.messages, ...rest.value.messages]).toEqual(whole.value.messages.slice(0, 4));
  });

  test("show of the older messages that they were there", async () => {
    const { psid } = await stage.play(ads.roof, "complete");
    for (let count = 1; count <= 22; count += 1) {
      await stage.control("messages", { pageId: SOLAR, psid, text: `Message ${count}` });
    }
    const listed = await listConversations({ pageId: SOLAR, platform: "messenger", psid }, token);
    if (listed.outcome !== "ok") throw new Error(listed.outcome);
    const id = listed.value.conversations[0]?.id ?? "";
    const answer = await getConversationMessages(id, token, { limit: 25 });
    if (answer.outcome !== "ok") throw new Error(answer.outcome);
    expect(answer.value.messages).toHaveLength(20);
    expect(answer.value.hidden).toBe(5);
  });

  test("have an owner, labels and a person", async () => {
    const { psid } = await stage.play(ads.roof, "complete");
    const owner = await getThreadOwner(thread(psid), token);
    expect(owner).toMatchObject({ value: { state: "app", appId: env.META_APP_ID, expiresAt: expect.any(Date) } });
    expect(await getLabels(psid, token)).toMatchObject({ outcome: "ok" });
    expect(await getProfile(psid, token)).toMatchObject({ outcome: expect.stringMatching(/^name(d|less)$/) });
    expect(await controlThread({ kind: "extend", seconds: 3600 }, thread(psid), token)).toMatchObject({
      outcome: "done",
    });
    expect(await controlThread("pass_page_inbox", thread(psid), token)).toMatchObject({ outcome: "done" });
    expect(await controlThread("take", thread(psid), token)).toMatchObject({ outcome: "done" });
    expect(await controlThread("release", thread(psid), token)).toMatchObject({ outcome: "done" });
    expect(await getThreadOwner(thread(psid), token)).toMatchObject({ value: { state: "nobody" } });
  });
});

describe("sending", () => {
  const terms = { pageId: SOLAR, messagingType: "RESPONSE", tag: null } as const;
  const picture = {
    pageId: SOLAR,
    platform: "messenger",
    type: "image",
    bytes: new Uint8Array(64).fill(1),
    contentType: "image/png",
    fileName: "roof.png",
  } as const;

  test("takes texts that quote, uploaded files, names, and signs", async () => {
    const { psid } = await stage.play(ads.roof, "complete");
    const text = await sendMessage({ ...terms, psid, text: "Hello", metadata: "out:1" }, token);
    if (text.outcome !== "accepted") throw new Error(text.outcome);
    expect(text.usage).toMatchObject({ percent: 3 });

    const persona = await createPersona(SOLAR, { name: "Ada", pictureUrl: "https://leads.example.org/a.png" }, token);
    const uploaded = await uploadAttachment(picture, token);
    if (persona.outcome !== "ok" || uploaded.outcome !== "ok") throw new Error("Neither may fail.");
    const attachment = { type: "image", attachmentId: uploaded.value } as const;
    const more = { metadata: "out:2", replyToMid: text.mid, personaId: persona.value };
    const file = await sendMessage({ ...terms, psid, attachment, ...more }, token);
    expect(file).toMatchObject({ outcome: "accepted" });
    const foreign = { ...attachment, attachmentId: "1" };
    const lost = await sendMessage({ ...terms, psid, attachment: foreign, metadata: "out:3" }, token);
    expect(lost).toMatchObject({ outcome: "refused", step: "upload_again" });

    const place = thread(psid);
    const signs: SenderSign[] = [
      { action: "typing_on" },
      { action: "mark_seen" },
      { action: "react", mid: text.mid, emoji: "❤" },
      { action: "unreact", mid: text.mid },
    ];
    for (const sign of signs) expect(await sendSenderAction(sign, place, token)).toMatchObject({ outcome: "ok" });
  });

  test("is told how much of the limit is used, and when to come again", async () => {
    const { psid } = await stage.play(ads.roof, "complete");
    const send = () => sendMessage({ ...terms, psid, text: "Hello", metadata: "out:1" }, token);
    await stage.control("faults", { usage: { pageId: SOLAR, percent: 90, minutes: 0 } });
    expect(await send()).toMatchObject({ outcome: "accepted", usage: { percent: 90 } });
    await stage.control("faults", { usage: { pageId: SOLAR, percent: 100, minutes: 7 } });
    expect(await send()).toMatchObject({ outcome: "refused", step: "pause_page", retryAfterMs: 7 * 60_000 });
    await stage.control("faults", { usage: { pageId: SOLAR, percent: 3, minutes: 0 } });
    await stage.control("faults", { retryAfter: 12, times: 1 });
    expect(await send()).toMatchObject({ outcome: "refused", class: "throttled", retryAfterMs: 12_000 });
  });
});

describe("a page", () => {
  test("says how it is routed, what it may do, and whether its leads are open", async () => {
    expect(await getPageFeatures(SOLAR, token)).toMatchObject({
      value: { messenger: "configured", hasHumanAgent: expect.any(Boolean) },
    });
    expect(await getPageFeatures(KITCHEN, `sandbox-page-token-${KITCHEN}`)).toMatchObject({
      value: { messenger: "none" },
    });
    expect(await getLeadAccess(SOLAR, token)).toMatchObject({ value: { canRead: true } });
  });

  test("is subscribed again with what is missing, on both levels", async () => {
    expect(await subscribePage(SOLAR, token)).toMatchObject({ value: { added: [] } });
    await stage.control("faults", { removeField: { layer: "page", pageId: SOLAR, field: "standby" } });
    expect(await subscribePage(SOLAR, token)).toMatchObject({ value: { added: ["standby"] } });
    await stage.control("faults", { unsubscribePage: SOLAR });
    expect(await getSubscription(SOLAR, token)).toMatchObject({ value: { isSubscribed: false } });
    expect(await subscribePage(SOLAR, token)).toMatchObject({ outcome: "ok" });
    expect(await getSubscription(SOLAR, token)).toMatchObject({ value: { isSubscribed: true } });

    const before = await getAppSubscription("page");
    if (before.outcome !== "ok" || before.value.callbackUrl === null) throw new Error("The app must be subscribed.");
    expect(await subscribeApp("page", before.value.callbackUrl)).toMatchObject({ value: { added: [] } });
  });

  test("is given to us by a person at Meta, with a token that does not end", async () => {
    const redirectUri = "http://localhost:3000/back";
    const dialog = { version: env.META_GRAPH_VERSION, appId: env.META_APP_ID, redirectUri, state: "s" };
    const url = new URL(loginDialogUrl({ base: env.META_GRAPH_URL, ...dialog, configId: null }));
    const scopes = (url.searchParams.get("scope") ?? "").split(",").map((scope): [string, string] => ["scope", scope]);
    const consent = new URLSearchParams([["page", SOLAR], ["decision", "allow"], ...scopes]);
    const back = await fetch(url, { method: "POST", body: consent, redirect: "manual" });
    const code = new URL(back.headers.get("location") ?? "").searchParams.get("code") ?? "";

    const short = await exchangeCode(code, redirectUri);
    if (short.outcome !== "ok") throw new Error(short.outcome);
    const long = await extendUserToken(short.value.token);
    if (long.outcome !== "ok") throw new Error(long.outcome);
    expect(long.value.expiresInSeconds).toBeGreaterThan(short.value.expiresInSeconds ?? 0);
    const pages = await listPages(long.value.token);
    if (pages.outcome !== "ok") throw new Error(pages.outcome);
    expect(pages.value).toMatchObject([{ id: SOLAR, tasks: expect.arrayContaining(["MESSAGING"]) }]);
    const facts = await inspectToken(pages.value[0]?.token ?? "");
    expect(facts).toMatchObject({
      value: {
        isValid: true,
        appId: env.META_APP_ID,
        expiresAt: null,
        scopes: expect.arrayContaining(["leads_retrieval"]),
      },
    });
    await stage.control("faults", { revokeToken: SOLAR, subcode: 460 });
    expect(await inspectToken(pages.value[0]?.token ?? "")).toMatchObject({ value: { isValid: false } });
    expect(await getSubscription(SOLAR, pages.value[0]?.token ?? "")).toMatchObject({
      outcome: "refused",
      word: "passwordChanged",
      step: "reconnect",
    });
  });
});

describe("forms and ads", () => {
  const formId = "998877665544332";

  test("give leads with their ads, and without them where those are closed", async () => {
    const since = new Date(Date.now() - 60_000);
    const answers = { full_name: ["Kim Muster"], email: ["kim@example.org"] };
    await stage.control("instant-forms/submit", { pageId: SOLAR, formId, adId: ads.roof, answers });
    const listed = await listFormLeads(formId, token, { since });
    if (listed.outcome !== "ok") throw new Error(listed.outcome);
    const [lead] = listed.value.leads;
    expect(lead).toMatchObject({ formId, adId: ads.roof, adName: expect.any(String), at: expect.any(Date) });
    await stage.control("faults", { removePermission: { pageId: SOLAR, permission: "ads_management" } });
    const bare = await getInstantLead(lead?.id ?? "", token);
    expect(bare).toMatchObject({ value: { adName: null, answers: expect.arrayContaining(lead?.answers ?? []) } });
    expect(await getInstantForm(formId, token)).toMatchObject({
      value: { locale: "de_DE", questions: expect.arrayContaining([{ key: "email", label: "E-Mail" }]) },
    });
  });

  test("have names, and an unknown ad hides no other", async () => {
    const found = await getAds([ads.roof, "120231004567899999"], token);
    expect(found.ads.get(ads.roof)).toMatchObject({ outcome: "found", ad: { name: expect.any(String) } });
    expect(found.ads.get("120231004567899999")).toEqual({ outcome: "hidden", class: "input" });
  });
});
