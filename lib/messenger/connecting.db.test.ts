import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { exchangeCode } from "./exchange-code.ts";
import { extendUserToken } from "./extend-user-token.ts";
import { getAppSubscription } from "./get-app-subscription.ts";
import { getLeadAccess } from "./get-lead-access.ts";
import { getPageFeatures } from "./get-page-features.ts";
import { getSubscription } from "./get-subscription.ts";
import { type PlayedMeta, playMeta, refusal } from "./graph-testing.ts";
import { inspectToken } from "./inspect-token.ts";
import { listPages } from "./list-pages.ts";
import { subscribeApp } from "./subscribe-app.ts";
import { subscribePage } from "./subscribe-page.ts";
import { subscriptionFields } from "./subscription-fields.ts";

let meta: PlayedMeta;
beforeAll(async () => {
  meta = await playMeta();
});
beforeEach(() => void meta.asked());
afterAll(() => meta.close());

const pageId = "104411223344556";
const OURS = "1122334455667788";

describe("tokens", () => {
  test("a code becomes a token, and a token a longer one, by the app's secret alone", async () => {
    meta.answer({ json: { access_token: "u1", token_type: "bearer", expires_in: 5183944 } });
    expect(await exchangeCode("c0de", "https://leads.example.org/back")).toMatchObject({
      value: { token: "u1", expiresInSeconds: 5_183_944 },
    });
    meta.answer({ json: { access_token: "u2", token_type: "bearer" } });
    expect(await extendUserToken("u1")).toMatchObject({ value: { token: "u2", expiresInSeconds: null } });
    const [exchanged, extended] = meta.asked();
    const app = { client_id: OURS, client_secret: "test-app-secret" };
    expect(exchanged).toMatchObject({
      path: "/v26.0/oauth/access_token",
      query: { ...app, redirect_uri: "https://leads.example.org/back", code: "c0de" },
    });
    expect(exchanged?.headers.authorization).toBeUndefined();
    expect(extended?.query).toEqual({ ...app, grant_type: "fb_exchange_token", fb_exchange_token: "u1" });
  });

  test("a refused code is told, and an answer without a token is none", async () => {
    meta.answer(refusal(100), { json: {} });
    expect(await exchangeCode("used", "https://leads.example.org")).toMatchObject({ outcome: "refused" });
    expect(await exchangeCode("c0de", "https://leads.example.org")).toMatchObject({ outcome: "unclear" });
  });

  test("a page's token is inspected in the app's name; 0 is never", async () => {
    const data = {
      app_id: OURS,
      type: "PAGE",
      is_valid: true,
      expires_at: 0,
      data_access_expires_at: 1795430000,
      issued_at: "1787650000",
      scopes: ["pages_messaging", "leads_retrieval"],
      granular_scopes: [{ scope: "pages_messaging", target_ids: [104411223344556, "2"] }, { scope: "leads_retrieval" }],
      profile_id: 104411223344556,
    };
    meta.answer({ json: { data } });
    expect(await inspectToken("page-token")).toMatchObject({
      value: {
        isValid: true,
        appId: OURS,
        type: "PAGE",
        expiresAt: null,
        dataAccessExpiresAt: new Date(1795430000_000),
        issuedAt: new Date(1787650000_000),
        scopes: ["pages_messaging", "leads_retrieval"],
        granularScopes: [
          { scope: "pages_messaging", targetIds: [pageId, "2"] },
          { scope: "leads_retrieval", targetIds: null },
        ],
        profileId: pageId,
        error: null,
      },
    });
    expect(meta.asked()).toMatchObject([
      { query: { input_token: "page-token" }, headers: { authorization: `Bearer ${OURS}|test-app-secret` } },
    ]);
  });

  test("an invalid token says why, and a strange answer is no health", async () => {
    const error = { code: 190, subcode: 460, message: "The session has been invalidated." };
    meta.answer({ json: { data: { is_valid: false, error, scopes: [] } } }, { json: {} });
    expect(await inspectToken("t")).toMatchObject({ value: { isValid: false, error: { code: 190, subcode: 460 } } });
    expect(await inspectToken("t")).toMatchObject({ outcome: "unclear" });
  });
});

describe("listPages", () => {
  const page = { id: 104411223344556, name: "Solar Süd", access_token: "p1", tasks: ["MESSAGING"] };

  test("gives all of them, page after page, with their Instagram accounts", async () => {
    const next = { cursors: { after: "x" }, next: "https://graph.facebook.com/…" };
    const second = { id: "2", access_token: "p2", instagram_business_account: { id: "178", username: "solar" } };
    meta.answer({ json: { data: [page, { id: "3", name: "No token" }], paging: next } }, { json: { data: [second] } });
    expect(await listPages("u1")).toMatchObject({
      value: [
        { id: pageId, name: "Solar Süd", token: "p1", tasks: ["MESSAGING"], instagram: null },
        { id: "2", name: "2", token: "p2", tasks: [], instagram: { id: "178", username: "solar" } },
      ],
    });
    expect(meta.asked().map(({ query }) => query.after)).toEqual([undefined, "x"]);
  });

  test("a refusal half-way is a refusal: a part would look like all", async () => {
    const next = { cursors: { after: "x" }, next: "https://graph.facebook.com/…" };
    meta.answer({ json: { data: [page], paging: next } }, refusal(190, 463));
    expect(await listPages("u1")).toMatchObject({ outcome: "refused", class: "auth" });
  });
});

describe("a page's subscription", () => {
  const installed = (subscribed_fields: string[]) => ({
    json: {
      data: [
        { id: "9", subscribed_fields: ["feed"] },
        { id: Number(OURS), subscribed_fields },
      ],
    },
  });

  test("is ours among the apps of the page", async () => {
    meta.answer(installed(["messages"]), { json: { data: [] } });
    expect(await getSubscription(pageId, "t")).toMatchObject({ value: { isSubscribed: true, fields: ["messages"] } });
    expect(await getSubscription(pageId, "t")).toMatchObject({ value: { isSubscribed: false, fields: [] } });
  });

  test("is completed without taking anything away", async () => {
    meta.answer(installed(["feed", "messages"]), { json: { success: "true" } });
    const answer = await subscribePage(pageId, "t");
    expect(answer).toMatchObject({ value: { added: subscriptionFields.page.filter((field) => field !== "messages") } });
    const [, posted] = meta.asked();
    expect(posted?.method).toBe("POST");
    const { subscribed_fields } = JSON.parse(posted?.body ?? "{}");
    expect(subscribed_fields.split(",")).toEqual([
      "feed",
      "messages",
      ...subscriptionFields.page.filter((field) => field !== "messages"),
    ]);
  });

  test("is left alone where nothing is missing, and not guessed at where it cannot be read", async () => {
    meta.answer(installed([...subscriptionFields.page]));
    expect(await subscribePage(pageId, "t")).toMatchObject({ outcome: "ok", value: { added: [] } });
    meta.answer(refusal(200));
    expect(await subscribePage(pageId, "t")).toMatchObject({ outcome: "refused", class: "permission" });
    expect(meta.asked().map(({ method }) => method)).toEqual(["GET", "GET"]);
  });
});

describe("the app's subscription", () => {
  const callback_url = "https://leads.example.org/api/messenger/webhook";
  const subscribed = (fields: unknown[], more: object = {}) => ({
    json: {
      data: [
        { object: "instagram", callback_url, active: true, fields: [] },
        { object: "page", callback_url, active: true, fields, ...more },
      ],
    },
  });
  const all = subscriptionFields.page.map((name) => ({ name, version: "v26.0" }));

  test("is read per object, with fields as objects and as words", async () => {
    meta.answer(subscribed([{ name: "messages", version: "v26.0" }, "feed"]), { json: { data: [] } });
    expect(await getAppSubscription("page")).toMatchObject({
      value: { callbackUrl: callback_url, isActive: true, fields: ["messages", "feed"] },
    });
    expect(await getAppSubscription("page")).toMatchObject({
      value: { callbackUrl: null, isActive: false, fields: [] },
    });
    expect(meta.asked()[0]?.headers.authorization).toBe(`Bearer ${OURS}|test-app-secret`);
  });

  test("is sent in full when anything differs, and not when nothing does", async () => {
    meta.answer(subscribed(all), subscribed(all, { active: false }), { json: { success: true } });
    expect(await subscribeApp("page", callback_url)).toMatchObject({ outcome: "ok", value: { added: [] } });
    expect(await subscribeApp("page", callback_url)).toMatchObject({ outcome: "ok" });
    meta.answer(subscribed(["feed"]), { json: { success: true } });
    const moved = await subscribeApp("page", "https://new.example.org/api/messenger/webhook");
    expect(moved).toMatchObject({ value: { fields: ["feed", ...subscriptionFields.page] } });
    const posts = meta.asked().filter(({ method }) => method === "POST");
    expect(posts).toHaveLength(2);
    expect(JSON.parse(posts[1]?.body ?? "{}")).toEqual({
      object: "page",
      callback_url: "https://new.example.org/api/messenger/webhook",
      verify_token: "test-verify-token",
      fields: ["feed", ...subscriptionFields.page].join(","),
      include_values: true,
    });
  });
});

describe("what a page can do", () => {
  const status = (msgr_multi_app: boolean, ig_multi_app: unknown) => ({
    json: { messaging_feature_status: { hop_v2: false, msgr_multi_app, ig_multi_app }, id: pageId },
  });

  test("is its routing on both platforms and the review of its features", async () => {
    meta.answer(status(true, false), { json: { data: [{ feature: "Human Agent", status: "APPROVED" }] } });
    expect(await getPageFeatures(pageId, "t")).toMatchObject({
      value: { messenger: "configured", instagram: "none", hasHumanAgent: true },
    });
    meta.answer(status(false, undefined), { json: { data: [{ feature: "HUMAN_AGENT", status: "pending" }] } });
    expect(await getPageFeatures(pageId, "t")).toMatchObject({
      value: { messenger: "none", instagram: null, hasHumanAgent: false },
    });
  });

  test("is known without the review, and unknown where Meta does not say", async () => {
    meta.answer(status(true, true), refusal(100));
    expect(await getPageFeatures(pageId, "t")).toMatchObject({
      value: { messenger: "configured", hasHumanAgent: null },
    });
    meta.answer({ json: { id: pageId } }, { json: { data: [] } });
    expect(await getPageFeatures(pageId, "t")).toMatchObject({
      value: { messenger: null, instagram: null, hasHumanAgent: null },
    });
  });

  test("is also whether its leads may be read, and why not", async () => {
    const has_lead_access = {
      can_access_lead: false,
      app_has_leads_permission: true,
      enabled_lead_access_manager: "true",
      failure_reason: "The Leads Access Manager is on.",
    };
    meta.answer({ json: { id: pageId, has_lead_access } }, { json: { id: pageId } });
    expect(await getLeadAccess(pageId, "t")).toMatchObject({
      value: {
        canRead: false,
        appHasPermission: true,
        userHasPermission: null,
        isManagerOn: true,
        failureReason: "The Leads Access Manager is on.",
      },
    });
    expect(await getLeadAccess(pageId, "t")).toMatchObject({ value: { canRead: null } });
  });
});
