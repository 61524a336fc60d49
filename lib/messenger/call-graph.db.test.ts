import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callGraph } from "./call-graph.ts";
import { type PlayedMeta, playMeta, refusal } from "./graph-testing.ts";

let meta: PlayedMeta;
beforeAll(async () => {
  meta = await playMeta();
});
afterAll(() => meta.close());

const read = { kind: "read", method: "GET", path: "104411223344556/conversations", token: "page-token" } as const;
const send = { kind: "send", method: "POST", path: "104411223344556/messages", token: "page-token", body: {} } as const;

test("a call carries the version, the token and its proof", async () => {
  meta.answer({ json: { id: 104411223344556789 } });
  expect(await callGraph({ ...read, query: { fields: "id" } })).toMatchObject({ outcome: "ok", usage: null });
  const [asked] = meta.asked();
  expect(asked).toMatchObject({
    method: "GET",
    path: "/v26.0/104411223344556/conversations",
    query: {
      fields: "id",
      appsecret_proof: createHmac("sha256", "test-app-secret").update("page-token").digest("hex"),
    },
    headers: { authorization: "Bearer page-token" },
    body: "",
  });
});

test("a call without a token carries neither token nor proof", async () => {
  meta.answer({ json: {} });
  await callGraph({ ...read, token: null, path: "oauth/access_token" });
  const [asked] = meta.asked();
  expect(asked?.query).toEqual({});
  expect(asked?.headers.authorization).toBeUndefined();
});

test.each(["../../me", "..", ".", "1/../2", "1?fields=x", "1#", "%2e%2e"])(
  "an id like %s leads nowhere else",
  async (id) => {
    meta.answer({ json: {} });
    await callGraph({ ...read, path: `${id}/leads` });
    const [asked] = meta.asked();
    expect(asked?.path).toMatch(/^\/v26\.0\/[^/]+\/leads$/);
    expect(asked?.query).not.toHaveProperty("fields");
  },
);

test("a body goes as JSON, and a question about several things to the version itself", async () => {
  meta.answer({ json: { success: true } }, { json: {} }, { json: { success: true } });
  await callGraph({ ...send, body: { text: "Grüße" } });
  await callGraph({ ...read, path: "", query: { ids: "1,2" } });
  await callGraph({ ...read, method: "DELETE" });
  const [posted, several, deleted] = meta.asked();
  expect(posted?.headers["content-type"]).toBe("application/json");
  expect(Buffer.from(posted?.body ?? "", "latin1").toString("utf8")).toBe('{"text":"Grüße"}');
  expect(several).toMatchObject({ path: "/v26.0/", query: { ids: "1,2" } });
  expect(deleted?.method).toBe("DELETE");
});

test("long ids in an answer stay whole", async () => {
  meta.answer({ text: '{"id":120231004567890123}' });
  expect(await callGraph(read)).toMatchObject({ data: { id: "120231004567890123" } });
});

test("usage and waiting times come with answers and with refusals", async () => {
  const headers = {
    "x-app-usage": '{"call_count":80,"total_time":2,"total_cputime":1}',
    "x-business-use-case-usage":
      '{"104411223344556":[{"type":"messenger","call_count":96,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":3}]}',
    "retry-after": "7",
  };
  const usage = { percent: 96, limit: "messenger", retryAfterMs: 180_000 };
  meta.answer({ json: {}, headers }, { ...refusal(613), headers }, { ...refusal(4), headers: { "retry-after": "7" } });
  expect(await callGraph(read)).toMatchObject({ outcome: "ok", usage });
  expect(await callGraph(send)).toMatchObject({ outcome: "refused", class: "throttled", retryAfterMs: 180_000, usage });
  expect(await callGraph(send)).toMatchObject({ outcome: "refused", step: "pause_page", retryAfterMs: 7_000 });
});

test("a refusal brings its meaning, its codes and Meta's trace, and no wait nobody asked for", async () => {
  meta.answer(refusal(10, 2018278));
  expect(await callGraph(send)).toMatchObject({
    outcome: "refused",
    class: "window",
    word: "windowClosed",
    step: "lock_composer",
    code: 10,
    subcode: 2018278,
    fbtraceId: "AbC123xyz",
    retryAfterMs: null,
  });
});

test("an error inside an answer of success is an error", async () => {
  meta.answer({ json: { error: { code: 190, error_subcode: 460 } } });
  expect(await callGraph(read)).toMatchObject({ outcome: "refused", class: "auth" });
});

test("429 without a word is a limit for a send, too", async () => {
  meta.answer({ status: 429, text: "slow down", headers: { "retry-after": "30" } });
  expect(await callGraph(send)).toMatchObject({ outcome: "refused", class: "throttled", retryAfterMs: 30_000 });
});

test("a proxy's page is unclear after a send and may be asked again after a read", async () => {
  const page = { status: 502, text: "<html><body>Bad Gateway</body></html>" };
  meta.answer(page, page, { text: "<html><body>Welcome</body></html>" });
  expect(await callGraph(send)).toMatchObject({ outcome: "unclear", reason: "status 502, code none" });
  expect(await callGraph(read)).toMatchObject({ outcome: "refused", class: "transient", code: null });
  expect(await callGraph(send)).toMatchObject({ outcome: "unclear" });
});

test("nothing is followed elsewhere: the token stays with the address in the settings", async () => {
  const elsewhere = { status: 302, headers: { location: `${meta.address}/v26.0/elsewhere` }, json: {} };
  meta.answer(elsewhere);
  meta.asked();
  expect(await callGraph(send)).toMatchObject({ outcome: "unclear", reason: "status 302, code none" });
  expect(meta.asked()).toHaveLength(1);
});

test("an answer of more than 1 MiB is cut off", async () => {
  const endless = JSON.stringify({ text: "x".repeat(1024 * 1024) });
  meta.answer({ text: endless }, { text: endless });
  expect(await callGraph(send)).toMatchObject({ outcome: "unclear", reason: "RangeError" });
  expect(await callGraph(read)).toMatchObject({ outcome: "unclear", reason: "RangeError" });
});

test("a connection that breaks, and an answer that does not come in time, leave it unclear", async () => {
  meta.answer(
    (request) => void request.socket.destroy(),
    () => {},
  );
  expect(await callGraph(send)).toMatchObject({ outcome: "unclear" });
  expect(await callGraph({ ...send, timeoutMs: 50 })).toMatchObject({ outcome: "unclear", reason: "TimeoutError" });
});

test("whatever the codes of an error, something is known of the outcome", async () => {
  meta.answer({ status: 400, json: { error: { code: 4711, error_subcode: 4712 } } });
  expect(await callGraph(send)).toMatchObject({ outcome: "unclear" });
  meta.answer({ status: 400, json: { error: { code: 4711 } } });
  expect(await callGraph(read)).toMatchObject({ outcome: "refused", class: "input", step: "none" });
});
