import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { answerMeta, DOOR } from "./door.ts";
import { type Door, openDoor, sign } from "./testing.ts";

/** Requests no library would send, written out: what is answered, and what is kept of them. */
const BODY = '{"object":"page","entry":[]}';
const SIGNED = `x-hub-signature-256: ${sign(BODY)}`;
const LENGTH = `content-length: ${BODY.length}`;
const CHUNKED = "transfer-encoding: chunked";
const WHOLE = `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;

let door: Door;
beforeAll(async () => {
  door = await openDoor(answerMeta);
});
afterAll(() => door.close());

/** Statuses of all answers until the other side closes, or the last one expected came. */
async function say(text: string, answers = 1): Promise<number[]> {
  const socket = connect(door.port, "127.0.0.1");
  socket.on("error", () => {});
  let heard = "";
  const statuses = () => [...heard.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
  const over = new Promise<void>((resolve) => {
    socket.once("close", resolve);
    socket.on("data", (chunk) => {
      heard += chunk.toString("latin1");
      if (statuses().length >= answers) resolve();
    });
  });
  await once(socket, "connect");
  socket.write(text, "latin1");
  await over;
  socket.destroy();
  return statuses();
}
const post = (headers: string[], body: string, line = `POST ${DOOR} HTTP/1.1`) =>
  `${[line, "host: door", ...headers].join("\r\n")}\r\n\r\n${body}`;

test.each<[string, string]>([
  ["as usual", post([SIGNED, LENGTH], BODY)],
  ["in one chunk", post([SIGNED, CHUNKED], WHOLE)],
  ["in chunks of one byte", post([SIGNED, CHUNKED], `${[...BODY].map((one) => `1\r\n${one}\r\n`).join("")}0\r\n\r\n`)],
  ["in a chunk with an extension", post([SIGNED, CHUNKED], WHOLE.replace("\r\n", ";a=b;c\r\n"))],
  ["with a trailer", post([SIGNED, CHUNKED, "trailer: x-late"], WHOLE.replace(/0\r\n\r\n$/, "0\r\nx-late: 1\r\n\r\n"))],
  [
    "with names in capitals",
    post([SIGNED.toUpperCase().replace(/: .*/, `: ${sign(BODY)}`), LENGTH.toUpperCase()], BODY),
  ],
  ["with a query", post([SIGNED, LENGTH], BODY, `POST ${DOOR}?hub.mode=subscribe&x=%00 HTTP/1.1`)],
  ["with two content types", post([SIGNED, LENGTH, "content-type: a", "content-type: b"], BODY)],
  ["with many headers", post([SIGNED, LENGTH, ...Array.from({ length: 200 }, (_, n) => `x-${n}: ${n}`)], BODY)],
  ["with a user agent of all bytes", post([SIGNED, LENGTH, "user-agent: \u0080\u00ff\t\u00a0"], BODY)],
  ["without a content type", post([SIGNED, LENGTH, "content-type:"], BODY)],
])("a delivery %s is kept", async (_, request) => {
  const before = await prisma.rawDelivery.count();
  expect(await say(request)).toEqual([200]);
  expect(await prisma.rawDelivery.count()).toBe(before + 1);
  const row = await prisma.rawDelivery.findFirstOrThrow({ orderBy: { id: "desc" } });
  expect(Buffer.from(row.body).toString()).toBe(BODY);
});

test("who asks whether to go on is told so, then answered", async () => {
  expect(await say(post([SIGNED, LENGTH, "expect: 100-continue"], BODY), 2)).toEqual([100, 200]);
});

test("three deliveries behind each other on one connection are three", async () => {
  const before = await prisma.rawDelivery.count();
  expect(await say(post([SIGNED, LENGTH], BODY).repeat(3), 3)).toEqual([200, 200, 200]);
  expect(await prisma.rawDelivery.count()).toBe(before + 3);
});

test.each<[string, number, string]>([
  ["two signatures", 403, post([SIGNED, SIGNED, LENGTH], BODY)],
  ["a signature in another header", 403, post([`x-hub-signature: ${sign(BODY)}`, LENGTH], BODY)],
  ["more than was signed", 403, post([SIGNED, `content-length: ${BODY.length + 1}`], `${BODY} `)],
  ["less than was signed", 403, post([SIGNED, `content-length: ${BODY.length - 1}`], BODY.slice(0, -1))],
  ["a compressed transfer", 403, post([SIGNED, "transfer-encoding: gzip, chunked"], WHOLE.replace("{", "["))],
  ["two encodings", 415, post([SIGNED, LENGTH, "content-encoding: identity", "content-encoding: gzip"], BODY)],
  ["an encoding nobody knows", 415, post([SIGNED, LENGTH, "content-encoding: \u00ff"], BODY)],
  ["a chunk that is no number", 400, post([SIGNED, CHUNKED], "zz\r\nx")],
  ["a chunk without an end", 400, post([SIGNED, CHUNKED], "1\r\n{}}\r\n")],
  ["a chunk larger than numbers", 400, post([SIGNED, CHUNKED], "ffffffffffffffffff\r\n")],
  ["a length and chunks", 400, post([SIGNED, LENGTH, CHUNKED], WHOLE)],
  ["two lengths", 400, post([SIGNED, LENGTH, "content-length: 3"], BODY)],
  ["a length below nothing", 400, post([SIGNED, "content-length: -1"], BODY)],
  ["a length in words", 400, post([SIGNED, "content-length: 0x10"], BODY)],
  ["an endless length", 413, post([SIGNED, "content-length: 99999999999999999"], BODY)],
  ["a header with NUL", 400, post([SIGNED, LENGTH, "user-agent: a\u0000b"], BODY)],
  ["a header folded over lines", 400, post([SIGNED, LENGTH, "user-agent: a", "no colon here"], BODY)],
  ["an expectation nobody meets", 417, post([SIGNED, LENGTH, "expect: miracles"], BODY)],
  ["another protocol", 400, "HELO door\r\n\r\n"],
])("%s is answered %d, and nothing is kept", async (_, status, request) => {
  const before = await prisma.rawDelivery.count();
  expect(await say(request)).toEqual([status]);
  expect(await prisma.rawDelivery.count()).toBe(before);
  expect((await door.post(BODY)).status).toBe(200);
});
