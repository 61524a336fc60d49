import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { prisma } from "#lib/db.ts";
import { GroupCommit } from "#lib/group-commit.ts";
import { webhookAnswers } from "#lib/metrics.ts";
import { answerMeta, DOOR } from "./door.ts";
import { type Answer, type Door, openDoor, SECRET, sign } from "./testing.ts";

const MIB = 1024 * 1024;
/** As in prisma/test-database.ts. */
const TOKEN = "test-verify-token";

let door: Door;
beforeAll(async () => {
  door = await openDoor(answerMeta);
});
afterAll(() => door.close());

const kept = () => prisma.rawDelivery.count();
const answered = async (status: number) =>
  (await webhookAnswers.get()).values.find(({ labels }) => labels.status === String(status))?.value ?? 0;

describe("verification", () => {
  const verify = (words: Record<string, string>) =>
    door.ask("GET", `/api/messenger/webhook?${new URLSearchParams(words)}`);
  const right = { "hub.mode": "subscribe", "hub.verify_token": TOKEN, "hub.challenge": "1158201444" };

  test("the right token gets the bare challenge back, as text", async () => {
    const answer = await verify(right);
    expect(answer.status).toBe(200);
    expect(answer.text).toBe("1158201444");
    expect(answer.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
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
    const answer = await verify(words);
    expect(answer.status).toBe(403);
    expect(answer.text).toBe("forbidden");
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
    const answer = await door.post(body, { headers: { "content-type": "application/json", cookie: "a=b" } });
    expect(answer.status).toBe(200);
    expect(answer.text).toBe("EVENT_RECEIVED");
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
    expect((await door.post(body, { signature })).status).toBe(403);
    expect(await kept()).toBe(before);
  });

  test("signed with SHA-1 alone, in the older header, is refused", async () => {
    const signature = `sha1=${createHmac("sha1", SECRET).update(body).digest("hex")}`;
    expect((await door.post(body, { signature: null, headers: { "x-hub-signature": signature } })).status).toBe(403);
  });

  test.each(["gzip", "br", "deflate, identity", "GZIP", "zstd"])("encoded as %s is refused", async (encoding) => {
    const before = await kept();
    expect((await door.post(body, { headers: { "content-encoding": encoding } })).status).toBe(415);
    expect(await kept()).toBe(before);
  });

  test("that says nothing of its encoding but identity is kept", async () => {
    expect((await door.post(body, { headers: { "content-encoding": "identity" } })).status).toBe(200);
  });

  test("over sixteen megabytes by its own word is refused unread", async () => {
    const socket = connect(door.port, "127.0.0.1");
    const said = once(socket, "data");
    socket.write(`POST ${DOOR} HTTP/1.1\r\nhost: door\r\ncontent-length: ${16 * MIB + 1}\r\n\r\n`);
    expect(String(await said)).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  test("over sixteen megabytes is cut off while it streams, and hears of it", async () => {
    const before = await kept();
    function* endless() {
      for (;;) yield new Uint8Array(MIB);
    }
    const answer = await door.post(endless());
    expect([answer.status, answer.text]).toEqual([413, "too large"]);
    expect(await kept()).toBe(before);
  });

  test("while more is arriving than memory is set aside for is put off, and taken once there is room", async () => {
    const part = Buffer.alloc(15 * MIB, 0x20);
    const heard: string[] = [];
    const told = async () => (await answered(400)) + (await answered(503));
    const before = await told();
    const sockets = Array.from({ length: 20 }, () => {
      const socket = connect(door.port, "127.0.0.1");
      socket.on("error", () => {}).on("data", (answer) => heard.push(String(answer)));
      socket.write(`POST ${DOOR} HTTP/1.1\r\nhost: door\r\ncontent-length: ${16 * MIB}\r\n\r\n`);
      socket.write(part);
      return socket;
    });
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBeGreaterThan(0);
    for (const answer of heard) {
      expect(answer).toMatch(/^HTTP\/1\.1 503 /);
      expect(answer).toContain("retry-after: 5");
    }
    expect(heard.length).toBeLessThan(sockets.length);
    for (const socket of sockets) socket.destroy();
    await expect.poll(told).toBe(before + sockets.length);
    expect((await door.post(body)).status).toBe(200);
  });

  test.each([
    ["by its end", (socket: Socket) => socket.end()],
    ["by a cut", (socket: Socket) => socket.resetAndDestroy()],
  ])("that breaks off %s is not kept, and counted", async (_, end) => {
    const [before, answers] = [await kept(), await answered(400)];
    const socket = connect(door.port, "127.0.0.1");
    await once(socket, "connect");
    socket.on("error", () => {});
    socket.write(`POST ${DOOR} HTTP/1.1\r\nhost: door\r\ncontent-length: 100\r\n\r\n{`, () => end(socket));
    await expect.poll(() => answered(400)).toBe(answers + 1);
    expect(await kept()).toBe(before);
  });

  test("is kept before neighbours at the same moment, however many they are", async () => {
    const before = await kept();
    const bodies = Array.from(
      { length: 300 },
      (_, n) => `{"object":"page","entry":[],"n":${n},"x":"${"ä".repeat(n)}"}`,
    );
    const answers = await Promise.all(bodies.map((one) => door.post(one)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await kept()).toBe(before + bodies.length);
    const rows = await prisma.rawDelivery.findMany({ orderBy: { id: "desc" }, take: bodies.length });
    const texts = rows.map((row) => Buffer.from(row.body).toString());
    expect(texts.toSorted()).toEqual(bodies.toSorted());
    for (const { sha256, body, headers } of rows) {
      expect(Buffer.from(sha256).equals(createHash("sha256").update(body).digest())).toBe(true);
      expect(headers).toMatchObject({ "x-hub-signature-256": sign(body) });
    }
  });
});

test("a delivery that finds no room is put off at once", async () => {
  const usual = globalThis.leadInboxKeeping;
  globalThis.leadInboxKeeping = new GroupCommit({
    limits: { items: 0, bytes: 0, together: 1, bytesTogether: 1, patienceMs: 60_000 },
    commit: async () => {},
    isOnesOwnFault: () => false,
  });
  const before = await kept();
  const { status, headers, text } = await door.post("{}");
  globalThis.leadInboxKeeping = usual;
  expect([status, headers["retry-after"], text]).toEqual([503, "5", "not kept"]);
  expect(await kept()).toBe(before);
});

test.each(["HEAD", "PUT", "DELETE", "OPTIONS"])("%s is not a way to use the door", async (method) => {
  const answer = await door.ask(method, DOOR);
  expect(answer.status).toBe(405);
  expect(answer.headers.allow).toBe("GET, POST");
});

describe("a door whose process has other settings", () => {
  const usual = { ...process.env };
  const body = '{"object":"page","entry":[]}';

  /** Settings, connections and what waits are kept per process, so another process is another set of modules. */
  async function knock(settings: Record<string, string>, secret = SECRET): Promise<Answer> {
    await forget();
    vi.resetModules();
    Object.assign(process.env, usual, settings);
    const { answerMeta: another } = await import("./door.ts");
    const other = await openDoor(another);
    const answer = await other.post(body, { signature: sign(body, secret) });
    await other.close();
    return answer;
  }
  async function forget() {
    await globalThis.leadInboxPool?.end();
    globalThis.leadInboxPool = undefined;
    globalThis.leadInboxKeeping = undefined;
  }
  afterAll(async () => {
    await forget();
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
    expect(answer.headers["retry-after"]).toBe("60");
  });

  test("whose database is gone promises nothing", async () => {
    const answer = await knock({ DATABASE_URL: "postgresql://nobody@127.0.0.1:9/nothing" });
    expect(answer.status).toBe(503);
    expect(answer.headers["retry-after"]).toBe("5");
    expect(answer.text).toBe("not kept");
  });

  test("whose database only reads promises nothing", async () => {
    const url = new URL(usual.DATABASE_URL ?? "");
    url.searchParams.set("options", "-c default_transaction_read_only=on");
    expect((await knock({ DATABASE_URL: url.href })).status).toBe(503);
    expect((await knock({})).status).toBe(200);
  });
});
