import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { downloadFile } from "./download-file.ts";

const MIB = 1024 * 1024;

const answers: Record<string, RequestListener> = {
  "/roof%20plan.png": (_, response) => response.end("picture"),
  "/moved.png": (_, response) => response.writeHead(302, { location: "/roof%20plan.png" }).end(),
  "/away.png": (_, response) => response.writeHead(302, { location: "http://169.254.169.254/latest" }).end(),
  "/inward.png": (_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/secret" }).end(),
  "/round.png": (_, response) => response.writeHead(302, { location: "/round.png" }).end(),
  "/gone.png": (_, response) => response.writeHead(410).end("expired"),
  "/busy.png": (_, response) => response.writeHead(503).end("busy"),
  "/empty.png": (_, response) => response.end(),
  "/large.bin": (_, response) => {
    for (let sent = 0; sent <= 26; sent += 1) response.write(Buffer.alloc(MIB));
    response.end();
  },
};

const server = createServer((request, response) => answers[request.url ?? ""]?.(request, response));
let origin = "";

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server must have a port.");
  origin = `http://127.0.0.1:${address.port}`;
  process.env.META_GRAPH_URL = origin;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("a file comes with the name it had", async () => {
  const got = await downloadFile(`${origin}/roof%20plan.png`);
  expect(got).toMatchObject({ outcome: "fetched", fileName: "roof plan.png" });
  expect(await downloadFile(`${origin}/moved.png`)).toMatchObject({ outcome: "fetched", fileName: "roof plan.png" });
});

test.each([
  ["/away.png", { outcome: "refused", why: "host" }],
  ["/inward.png", { outcome: "refused", why: "host" }],
  ["/round.png", { outcome: "refused", why: "redirects" }],
  ["/large.bin", { outcome: "refused", why: "too_large" }],
  ["/gone.png", { outcome: "gone" }],
  ["/busy.png", { outcome: "later", why: "status 503" }],
  ["/empty.png", { outcome: "later", why: "empty" }],
])("%s", async (path, outcome) => expect(await downloadFile(`${origin}${path}`)).toEqual(outcome));

test("what is not Meta's is not even asked for", async () => {
  expect(await downloadFile("https://evil.example/a.png")).toEqual({ outcome: "refused", why: "host" });
  expect(await downloadFile(origin.replace(/\d+$/, "1"))).toEqual({ outcome: "refused", why: "host" });
});

test("a host that does not answer is asked again later", async () => {
  expect(await downloadFile("https://nowhere.invalid.fbcdn.net/a.png")).toMatchObject({ outcome: "later" });
});
