import { createHash, createHmac } from "node:crypto";
import { afterAll, describe, expect, test, vi } from "vitest";
import { prisma } from "#lib/db.ts";
import { GET, POST } from "./route.ts";

const ADDRESS = "http://localhost:3000/api/messenger/webhook";
const MIB = 1024 * 1024;
/** As in prisma/test-database.ts. */
const SECRET = "test-app-secret";
const TOKEN = "test-verify-token";

const sign = (body: Uint8Array | string, secret = SECRET) =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

type Given = { signature?: string | null; headers?: Record<string, string> };

function post(body: string | Uint8Array<ArrayBuffer> | ReadableStream, given: Given = {}): Promise<Response> {
  const { signature = body instanceof ReadableStream ? null : sign(body), headers = {} } = given;
  const signed = signature === null ? {} : { "x-hub-signature-256": signature };
  // Streams are sent while they come; the types do not know the word.
  const init = { method: "POST", body, headers: { ...signed, ...headers }, duplex: "half" };
  return POST(new Request(ADDRESS, init));
}

const kept = () => prisma.rawDelivery.count();

describe("verification", () => {
  const verify = (words: Record<string, string>) => GET(new Request(`${ADDRESS}?${new URLSearchParams(words)}`));
  const right = { "hub.mode": "subscribe", "hub.verify_token": TOKEN, "hub.challenge": "1158201444" };

  test("the right token gets the bare challenge back, as text", async () => {
    const answer = verify(right);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("1158201444");
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test.each<[string, Record<string, string>]>([
    ["another token", { ...right, "hub.verify_token": "test-verify-toke" }],
    ["an empty token", { ...right, "hub.verify_token": "" }],
    ["another mode", { ...right, "hub.mode": "unsubscribe" }],
    ["no words at all", {}],
    ["no challenge", { "hub.mode": "subscribe", "hub.verify_token": TOKEN }],
    ["a challenge a browser would run", { ...right, "hub.challenge": "<script>alert(1)</script>" }],
    ["a challenge of two lines", { ...right, "hub.challenge": "1\r\nset-cookie: a=b" }],
    ["an endless challenge", { ...right, "hub.challenge": "1".repeat(257) }],
  ])("%s is refused", async (_, words) => {
    const answer = verify(words);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toBe("forbidden");
  });
});

describe("a delivery", () => {
  test.each<[string, Uint8Array<ArrayBuffer>]>([
    ["JSON", new TextEncoder().encode('{"object":"page","entry":[]}')],
    ["JSON as Meta spells it, blanks and all", new TextEncoder().encode('{ "a" : "\\u00e4\\/" }\r\n')],
    ["bytes that are no text", new Uint8Array([0, 255, 254, 0xed, 0xa0, 0x80, 10])],
    ["nothing", new Uint8Array()],
    ["sixteen megabytes", new Uint8Array(16 * MIB).fill(0x20)],
  ])("of %s is kept byte for byte before it is answered", async (_, body) => {
    const before = await kept();
    const answer = await post(body, { headers: { "content-type": "application/json", cookie: "a=b" } });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("EVENT_RECEIVED");
    expect(await kept()).toBe(before + 1);

    const row = await prisma.rawDelivery.findFirstOrThrow({ orderBy: { id: "desc" } });
    expect(Buffer.compare(row.body, body)).toBe(0);
    expect(Buffer.compare(row.sha256, createHash("sha256").update(body).digest())).toBe(0);
    expect(row.state).toBe("waiting");
    expect(row.headers).toEqual({ "content-type": "application/json", "x-hub-signature-256": sign(body) });
  });

  const body = '{"object":"page","entry":[]}';
  test.each<[string, string | null]>([
    ["no signature", null],
    ["an empty signature", ""],
    ["another secret", sign(body, "test-app-secreT")],
    ["an empty secret", sign(body, "")],
    ["the signature of other bytes", sign(`${body} `)],
    ["SHA-1", `sha1=${createHmac("sha1", SECRET).update(body).digest("hex")}`],
    ["SHA-1 called SHA-256", `sha256=${createHmac("sha1", SECRET).update(body).digest("hex")}`],
    ["capital letters", sign(body).toUpperCase()],
    ["two signatures", `${sign(body, "x")}, ${sign(body)}`],
    ["half a signature", sign(body).slice(0, 40)],
  ])("with %s is refused and not kept", async (_, signature) => {
    const before = await kept();
    expect((await post(body, { signature })).status).toBe(403);
    expect(await kept()).toBe(before);
  });

  test("signed with SHA-1 alone, in the older header, is refused", async () => {
    const signature = `sha1=${createHmac("sha1", SECRET).update(body).digest("hex")}`;
    expect((await post(body, { signature: null, headers: { "x-hub-signature": signature } })).status).toBe(403);
  });

  test.each(["gzip", "br", "deflate, identity", "GZIP", "zstd"])("encoded as %s is refused", async (encoding) => {
    const before = await kept();
    expect((await post(body, { headers: { "content-encoding": encoding } })).status).toBe(415);
    expect(await kept()).toBe(before);
  });

  test("that says nothing of its encoding but identity is kept", async () => {
    expect((await post(body, { headers: { "content-encoding": "identity" } })).status).toBe(200);
  });

  test("over sixteen megabytes by its own word is refused unread", async () => {
    let isRead = false;
    const stream = new ReadableStream(
      {
        pull: (controller) => {
          isRead = true;
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const answer = await post(stream, { headers: { "content-length": String(16 * MIB + 1) } });
    expect(answer.status).toBe(413);
    expect(isRead).toBe(false);
  });

  test("over sixteen megabytes, whatever it says, is cut off while it streams", async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        sent += MIB;
        controller.enqueue(new Uint8Array(MIB));
      },
    });
    const before = await kept();
    expect((await post(endless, { headers: { "content-length": "7" } })).status).toBe(413);
    expect(sent).toBeLessThanOrEqual(18 * MIB);
    expect(await kept()).toBe(before);
  });

  test("that breaks off is not kept", async () => {
    const broken = new ReadableStream({
      start: (controller) => controller.error(new Error("gone")),
    });
    const before = await kept();
    expect((await post(broken)).status).toBe(400);
    expect(await kept()).toBe(before);
  });
});

describe("a door whose process has other settings", () => {
  const usual = { ...process.env };
  const body = '{"object":"page","entry":[]}';

  /** Settings and connections are kept per process, so another process is another set of modules. */
  async function knock(settings: Record<string, string>, secret = SECRET): Promise<Response> {
    await globalThis.leadInboxDb?.$disconnect();
    globalThis.leadInboxDb = undefined;
    vi.resetModules();
    Object.assign(process.env, usual, settings);
    const route = await import("./route.ts");
    const headers = { "x-hub-signature-256": sign(body, secret) };
    return route.POST(new Request(ADDRESS, { method: "POST", body, headers }));
  }
  afterAll(async () => {
    await globalThis.leadInboxDb?.$disconnect();
    globalThis.leadInboxDb = undefined;
    Object.assign(process.env, usual);
  });

  test.each(["the-old-app-secret", "the-new-app-secret"])("of two app secrets %s is taken", async (secret) => {
    const both = { META_APP_SECRET: "the-old-app-secret, the-new-app-secret" };
    expect((await knock(both, secret)).status).toBe(200);
    expect((await knock(both, SECRET)).status).toBe(403);
  });

  test("without an app secret nothing can be checked: again later", async () => {
    const answer = await knock({ META_APP_SECRET: "" });
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("60");
  });

  test("whose database is gone promises nothing", async () => {
    const answer = await knock({ DATABASE_URL: "postgresql://nobody@127.0.0.1:9/nothing" });
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(await answer.text()).toBe("not kept");
  });

  test("whose database only reads promises nothing", async () => {
    const url = new URL(usual.DATABASE_URL ?? "");
    url.searchParams.set("options", "-c default_transaction_read_only=on");
    expect((await knock({ DATABASE_URL: url.href })).status).toBe(503);
    expect((await knock({})).status).toBe(200);
  });
});
