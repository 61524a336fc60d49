import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createUser } from "#lib/agents/create-user.ts";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { MAX_FILE_BYTES } from "#lib/media/outgoing-file.ts";
import { writePage } from "../../../../prisma/factories.ts";
import { POST as signIn } from "../../auth/[...all]/route.ts";
import { GET } from "./[id]/route.ts";
import { POST } from "./route.ts";

const HOME = "http://localhost:3000";
const pageId = "104411223344556";
const folder = mkdtempSync(join(tmpdir(), "lead-inbox-uploads-"));
let cookie = "";
let strangers = "";

async function cookieOf(email: string): Promise<string> {
  const person = { email, password: "correct horse battery" };
  await createUser({ ...person, name: "Jana", role: "agent" });
  const headers = { "content-type": "application/json", origin: HOME };
  const request = new Request(`${HOME}/api/auth/sign-in/email`, {
    method: "POST",
    headers,
    body: JSON.stringify(person),
  });
  const [set = ""] = (await signIn(request)).headers.getSetCookie();
  return set.split(";")[0] ?? "";
}

beforeAll(async () => {
  process.env.DATA_DIR = folder;
  await writePage(pageId, "Solar Süd");
  cookie = await cookieOf("jana@example.org");
  strangers = await cookieOf("omar@example.org");
  await prisma.user.update({ where: { email: "omar@example.org" }, data: { allPages: false } });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);

function post(
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  headers: Record<string, string> = {},
  name = "roof.png",
): Promise<Response> {
  const address = `${HOME}/api/media/${pageId}?name=${encodeURIComponent(name)}`;
  const request = new NextRequest(address, {
    ...{ method: "POST", body, headers: { cookie, origin: HOME, ...headers } },
    duplex: "half",
  });
  return POST(request, { params: Promise.resolve({ pageId }) });
}

function get(id: string, jar = cookie): Promise<Response> {
  const request = new NextRequest(`${HOME}/api/media/${pageId}/${id}`, { headers: { cookie: jar } });
  return GET(request, { params: Promise.resolve({ pageId, id }) });
}

async function kept(body: Uint8Array<ArrayBuffer>, name?: string): Promise<string> {
  const answer = await (await post(body, {}, name)).json();
  return answer.file.id;
}

describe("an upload", () => {
  test("is answered with what the file is", async () => {
    const answer = await post(new Uint8Array(png));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      outcome: "kept",
      file: { id: expect.any(String), name: "roof.png", bytes: png.length, kind: "image" },
    });
  });

  test.each([
    ["nobody", { cookie: "" }, 401],
    ["another site", { origin: "https://evil.example" }, 403],
    ["a form of another site", { "sec-fetch-site": "cross-site" }, 403],
  ])("from %s is refused before a byte is kept", async (_, headers, status) => {
    const before = await prisma.media.count();
    expect((await post(new Uint8Array(png), headers)).status).toBe(status);
    expect(await prisma.media.count()).toBe(before);
  });

  test("to a page of others finds nothing there, and is not even read", async () => {
    let wasRead = false;
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (stream) => {
          wasRead = true;
          stream.close();
        },
      },
      { highWaterMark: 0 },
    );
    expect((await post(body, { cookie: strangers })).status).toBe(404);
    expect(wasRead).toBe(false);
  });

  test("to a page whose id is none finds nothing there", async () => {
    const request = new NextRequest(`${HOME}/api/media/1%00`, { method: "POST", body: png, headers: { cookie } });
    expect((await POST(request, { params: Promise.resolve({ pageId: "1\u0000" }) })).status).toBe(404);
  });

  test("is refused to whoever sent very many within the hour", async () => {
    const user = await prisma.user.findUniqueOrThrow({ where: { email: "jana@example.org" } });
    const many = (since: number) =>
      prisma.media.createMany({
        data: Array.from({ length: 41 }, (_, i) => ({
          ...{ pageId, id: newId(since), owner: `upload:${since}:${i}`, state: "kept", bytes: MAX_FILE_BYTES },
          uploadedById: user.id,
        })),
      });
    await many(Date.now() - 61 * 60 * 1000);
    expect((await post(new Uint8Array(png))).status).toBe(200);
    await many(Date.now() - 60 * 1000);
    expect((await post(new Uint8Array(png))).status).toBe(429);
    await prisma.media.deleteMany({ where: { bytes: MAX_FILE_BYTES } });
  });

  test("of more than Meta takes is refused in words", async () => {
    const answer = await post(new Uint8Array(25 * 1024 * 1024 + 1));
    expect(answer.status).toBe(413);
    expect(await answer.json()).toEqual({ outcome: "refused", why: "file_too_large" });
  });
});

describe("a kept file", () => {
  test("is shown as the picture it is", async () => {
    const answer = await get(await kept(new Uint8Array(png)));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
    expect(Buffer.from(await answer.arrayBuffer()).equals(png)).toBe(true);
  });

  test.each([
    ["a page", "<html><script>alert(1)</script></html>", "offer.html"],
    ["a drawing that runs", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "offer.png"],
  ])("that is %s only ever downloads", async (_, text, name) => {
    const answer = await get(await kept(new TextEncoder().encode(text), name));
    expect(answer.headers.get("content-type")).toBe("application/octet-stream");
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="offer\.(html|png)"/);
  });

  test("is not there for others, nor under odd names", async () => {
    const id = await kept(new Uint8Array(png));
    expect((await get(id, "")).status).toBe(401);
    expect((await get(id, strangers)).status).toBe(404);
    expect((await get("../../settings.json")).status).toBe(404);
    const odd = { params: Promise.resolve({ pageId: `${pageId}\u0000`, id }) };
    expect((await GET(new NextRequest(`${HOME}/api/media/odd/${id}`, { headers: { cookie } }), odd)).status).toBe(404);
    expect((await get("01a205d3-76bd-793c-ab73-352221ceb0dd")).status).toBe(404);
  });
});
