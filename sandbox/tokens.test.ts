import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Json, KITCHEN, NOW, OURS, openStage, SOLAR, type Stage } from "./testing.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const DAY = 86_400_000;
const appToken = `${OURS}|secret`;
const solarToken = `sandbox-page-token-${SOLAR}`;
const back = "http://127.0.0.1:3000/connected";
const refusal = (code: number, subcode?: number) => ({
  error: expect.objectContaining({ code, ...(subcode === undefined ? {} : { error_subcode: subcode }) }),
});
const read = async (path: string, token?: string) => (await stage.graph(path, undefined, token)).json;
const query = (values: Record<string, string>) => new URLSearchParams(values).toString();
const debug = async (token: string): Promise<Json> =>
  Object((await read(`debug_token?${query({ input_token: token })}`, appToken)).data);

function dialog(more: Record<string, string> = {}): string {
  const asked = { client_id: OURS, redirect_uri: back, state: "s/1", response_type: "code", ...more };
  return `${stage.sandbox.address}/v26.0/dialog/oauth?${query(asked)}`;
}

async function decide(choices: [string, string][], more?: Record<string, string>): Promise<URL> {
  const body = new URLSearchParams(choices);
  const response = await fetch(dialog(more), { method: "POST", body, redirect: "manual" });
  expect(response.status).toBe(302);
  return new URL(response.headers.get("location") ?? "");
}

const exchange = async (more: Record<string, string>): Promise<Json> => {
  const values = query({ client_id: OURS, client_secret: "secret", ...more });
  return (await fetch(`${stage.sandbox.address}/v26.0/oauth/access_token?${values}`)).json();
};

const everything: [string, string][] = [
  ["decision", "allow"],
  ["page", SOLAR],
  ["page", KITCHEN],
  ...["pages_show_list", "pages_messaging", "pages_manage_metadata", "pages_read_engagement"].map(
    (scope): [string, string] => ["scope", scope],
  ),
];

async function logIn(choices = everything): Promise<string> {
  const code = (await decide(choices)).searchParams.get("code") ?? "";
  const short = await exchange({ redirect_uri: back, code });
  const long = await exchange({ grant_type: "fb_exchange_token", fb_exchange_token: String(short.access_token) });
  return String(long.access_token);
}

describe("logging in", () => {
  test("a page asks for consent, and sends back with a code and the state", async () => {
    const page = await (await fetch(dialog({ scope: "pages_messaging,pages_show_list,nonsense" }))).text();
    expect(page).toContain("Solar Süd");
    expect(page).toContain("pages_messaging");
    expect(page).not.toContain("leads_retrieval");
    const url = await decide(everything);
    expect(url.href).toContain(back);
    expect(url.searchParams.get("state")).toBe("s/1");
    expect(url.searchParams.get("code")).toMatch(/.{20}/);
  });

  test("declining sends back with an error; a strange app or address is told so", async () => {
    const url = await decide([["decision", "decline"]]);
    expect(url.searchParams.get("error")).toBe("access_denied");
    expect(url.searchParams.get("state")).toBe("s/1");
    expect((await fetch(dialog({ client_id: "1" }))).status).toBe(400);
    expect((await fetch(dialog({ redirect_uri: "javascript:alert(1)" }))).status).toBe(400);
  });

  test("a code is good once, for ten minutes, with the same address and the right secret", async () => {
    const code = async () => (await decide(everything)).searchParams.get("code") ?? "";
    const first = await code();
    expect(await exchange({ redirect_uri: "http://127.0.0.1/other", code: first })).toMatchObject(refusal(100, 36008));
    expect(await exchange({ redirect_uri: back, code: first, client_secret: "wrong" })).toMatchObject(refusal(1));
    expect(await exchange({ redirect_uri: back, code: first })).toEqual({
      access_token: expect.any(String),
      token_type: "bearer",
      expires_in: 7200,
    });
    expect(await exchange({ redirect_uri: back, code: first })).toMatchObject(refusal(100, 36009));
    const late = await code();
    stage.clock.now += 11 * 60_000;
    expect(await exchange({ redirect_uri: back, code: late })).toMatchObject(refusal(100, 36007));
  });

  test("the pages behind a token, each with a token that works and does not expire", async () => {
    const token = await logIn();
    const list = await read("me/accounts?fields=id,name,access_token,tasks,instagram_business_account&limit=1", token);
    expect(list).toMatchObject({
      data: [
        {
          id: SOLAR,
          name: "Solar Süd",
          tasks: expect.arrayContaining(["MESSAGING", "MODERATE"]),
          instagram_business_account: { id: "17841400099887766" },
        },
      ],
    });
    const next = await (await fetch(Object(list.paging).next)).json();
    expect(next.data).toMatchObject([{ id: KITCHEN }]);
    const pageToken = Object(list.data)[0].access_token;
    expect(await read("me", pageToken)).toEqual({ id: SOLAR, name: "Solar Süd" });
    expect(await debug(pageToken)).toMatchObject({ type: "PAGE", profile_id: SOLAR, is_valid: true, expires_at: 0 });
    expect(await debug(token)).toMatchObject({ type: "USER", expires_at: (NOW + 60 * DAY) / 1000 });
    expect(await read("me/accounts", pageToken)).toMatchObject(refusal(100));
    stage.clock.now += 61 * DAY;
    expect(await read("me/accounts", token)).toMatchObject(refusal(190, 463));
    expect(await read("me", pageToken)).toMatchObject({ id: SOLAR });
  });

  test("who allows less gets less: pages and permissions are those that were chosen", async () => {
    const token = await logIn([
      ["decision", "allow"],
      ["page", KITCHEN],
      ["scope", "pages_show_list"],
    ]);
    const { data } = await read("me/accounts", token);
    expect(data).toMatchObject([{ id: KITCHEN }]);
    expect(await read("me/permissions", token)).toMatchObject({
      data: expect.arrayContaining([
        { permission: "pages_show_list", status: "granted" },
        { permission: "pages_messaging", status: "declined" },
      ]),
    });
    const pageToken = Object(data)[0].access_token;
    expect(await read("me/conversations", pageToken)).toMatchObject(refusal(200));
  });

  test("the proof fits the token, whichever it is", async () => {
    const token = await logIn();
    const proof = createHmac("sha256", "secret").update(token).digest("hex");
    expect(await read(`me?appsecret_proof=${proof}`, token)).toMatchObject({ name: "Mia Manager" });
    expect(await read(`me?appsecret_proof=${proof}`)).toMatchObject(refusal(100));
  });
});

describe("tokens in trouble", () => {
  test("a revoked one dies with its subcode; logging in again gives one that lives", async () => {
    const token = await logIn();
    await stage.control("faults", { revokeToken: SOLAR, subcode: 458 });
    expect(await read("me")).toMatchObject(refusal(190, 458));
    expect(await read("me", token)).toMatchObject(refusal(190, 458));
    expect(await debug(solarToken)).toMatchObject({ is_valid: false, error: { code: 190, subcode: 458 } });
    const { data } = await read("me/accounts", await logIn());
    expect(await read("me", Object(data)[0].access_token)).toMatchObject({ id: SOLAR });
    expect(await read("me")).toMatchObject(refusal(190, 458));
    await stage.control("faults", { restoreToken: SOLAR });
    expect(await read("me")).toMatchObject({ id: SOLAR });
  });

  test("one expires at its time, and says so before", async () => {
    const at = NOW + DAY;
    await stage.control("faults", { expireToken: SOLAR, at: new Date(at).toISOString() });
    expect(await read("me")).toMatchObject({ id: SOLAR });
    expect(await debug(solarToken)).toMatchObject({ is_valid: true, expires_at: at / 1000 });
    stage.clock.now = at;
    expect(await read("me")).toMatchObject(refusal(190, 463));
    expect(await debug("nonsense")).toMatchObject({ is_valid: false });
  });

  test("a removed permission is named in the refusal and missing in the scopes", async () => {
    const psid = await stage.lead();
    const lost = { pageId: SOLAR, permission: "pages_messaging" };
    await stage.control("faults", { removePermission: lost });
    const { status, json } = await stage.graph("me/messages", { recipient: { id: psid }, message: { text: "?" } });
    expect({ status, json }).toMatchObject({ status: 403, json: refusal(200) });
    expect(Object(json.error).message).toContain("pages_messaging");
    expect((await debug(solarToken)).scopes).not.toContain("pages_messaging");
    await stage.control("faults", { restorePermission: lost });
    expect((await debug(solarToken)).scopes).toContain("pages_messaging");
  });
});

describe("the app and its pages in trouble", () => {
  const send = async (psid: string) =>
    (await stage.graph("me/messages", { recipient: { id: psid }, message: { text: "Guten Tag" } })).json;

  test("while the app is not live, only testers can be written to, and only they are heard", async () => {
    const tester = await stage.lead();
    const other = await stage.lead();
    await stage.control("faults", { notLive: true, testers: [tester] });
    expect(await send(other)).toMatchObject(refusal(200, 2018028));
    expect(await send(tester)).toMatchObject({ recipient_id: tester });
    await stage.heard();
    await stage.control("messages", { pageId: SOLAR, psid: other, text: "Hallo?" });
    expect(await stage.heard()).toEqual([]);
    await stage.control("faults", { notLive: false });
    expect(await send(other)).toMatchObject({ recipient_id: other });
  });

  test("a restricted page cannot send until its time is over", async () => {
    const psid = await stage.lead();
    await stage.control("faults", { restrictPage: SOLAR, minutes: 30 });
    expect(await send(psid)).toMatchObject(refusal(10, 1893063));
    stage.clock.now += 30 * 60_000;
    expect(await send(psid)).toMatchObject({ recipient_id: psid });
    await stage.control("faults", { restrictPage: SOLAR });
    stage.clock.now += 10 * 60_000;
    expect(await send(psid)).toMatchObject(refusal(10, 1893063));
    await stage.control("faults", { liftRestriction: SOLAR });
    expect(await send(psid)).toMatchObject({ recipient_id: psid });
  });

  test("usage is told in headers, and refuses once it is full", async () => {
    const psid = await stage.lead();
    const look = () => fetch(`${stage.sandbox.address}/v26.0/me?access_token=${solarToken}`);
    await stage.control("faults", { usage: { pageId: SOLAR, percent: 82, minutes: 12 } });
    const { headers } = await look();
    expect(JSON.parse(headers.get("x-app-usage") ?? "")).toMatchObject({ call_count: 82 });
    expect(JSON.parse(headers.get("x-business-use-case-usage") ?? "")).toMatchObject({
      [SOLAR]: [{ type: "messenger", call_count: 82, estimated_time_to_regain_access: 12 }],
    });
    expect(await send(psid)).toMatchObject({ recipient_id: psid });
    await stage.control("faults", { usage: { pageId: SOLAR, percent: 100 } });
    expect(await send(psid)).toMatchObject(refusal(613));
    expect(await read("me")).toMatchObject(refusal(80_006));
    expect(await read("me", `sandbox-page-token-${KITCHEN}`)).toMatchObject({ id: KITCHEN });
    expect((await look()).headers.get("x-business-use-case-usage")).toContain("100");
    await stage.control("faults", { clear: true });
    expect(await read("me")).toMatchObject({ id: SOLAR });
  });

  test("Retry-After, as often as ordered", async () => {
    await stage.control("faults", { retryAfter: 17, times: 1 });
    const response = await fetch(`${stage.sandbox.address}/v26.0/me?access_token=${solarToken}`);
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("17");
    expect(await read("me")).toMatchObject({ id: SOLAR });
  });
});
