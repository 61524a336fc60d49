import { beforeAll, describe, expect, test } from "vitest";
import { createUser } from "#lib/agents/create-user.ts";
import { prisma } from "#lib/db.ts";
import { GET, POST } from "./route.ts";

const HOME = "http://localhost:3000";
const person = { email: "jana@example.org", password: "correct horse battery" };
let cookie = "";

function post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const usual = { "content-type": "application/json", origin: HOME, cookie };
  const init = { method: "POST", body: JSON.stringify(body), headers: { ...usual, ...headers } };
  return POST(new Request(`${HOME}/api/auth${path}`, init));
}
const get = (path: string) => GET(new Request(`${HOME}/api/auth${path}`, { headers: { cookie } }));

beforeAll(async () => {
  await createUser({ ...person, name: "Jana", role: "agent" });
});

test("sign in, be known, sign out: the next request is a stranger's", async () => {
  const answer = await post("/sign-in/email", person);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const [set = ""] = answer.headers.getSetCookie();
  expect(set).toMatch(/^__Host-lead-inbox\.session_token=[^;]+;/);
  for (const word of ["Path=/", "HttpOnly", "Secure", "SameSite=Lax"]) expect(set).toContain(word);
  expect(set).not.toContain("Domain");

  cookie = set.split(";")[0] ?? "";
  expect(await (await get("/get-session")).json()).toMatchObject({ user: { name: "Jana" } });

  for (const headers of [{ origin: "https://evil.example" }, { origin: "null" }, { "sec-fetch-site": "same-site" }]) {
    expect((await post("/sign-out", {}, headers)).status).toBe(403);
  }
  expect(await prisma.session.count()).toBe(1);
  expect((await post("/sign-out", {})).status).toBe(200);
  expect(await (await get("/get-session")).json()).toBeNull();
});

test("wrong password and unknown person get one answer", async () => {
  const wrong = await post("/sign-in/email", { ...person, password: "wrong horse battery" });
  const unknown = await post("/sign-in/email", { ...person, email: "nobody@example.org" });
  expect([wrong.status, await wrong.json()]).toEqual([unknown.status, await unknown.json()]);
  expect(wrong.headers.getSetCookie()).toEqual(unknown.headers.getSetCookie());
});

describe("guessing", () => {
  const guess = (email: string, password: string) => post("/sign-in/email", { email, password });
  const statuses = async (tries: Promise<Response>[]) => (await Promise.all(tries)).map(({ status }) => status).sort();

  beforeAll(async () => {
    for (const name of ["lena", "omar"]) {
      await createUser({ email: `${name}@example.org`, name, role: "agent", password: person.password });
    }
  });

  test("ten tries side by side are made, the eleventh waits, in capitals too and with the right password", async () => {
    const wrong = Array.from({ length: 10 }, (_, n) => guess("lena@example.org", `wrong horse ${n}`));
    expect(await statuses(wrong)).toEqual(Array(10).fill(401));
    const late = await guess("LENA@example.org ", person.password);
    expect(late.status).toBe(429);
    expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await guess("omar@example.org", person.password)).status).toBe(200);
  });

  test("nobody can tell from it who exists", async () => {
    const tries = Array.from({ length: 11 }, () => guess("nobody.at.all@example.org", "wrong horse"));
    expect(await statuses(tries)).toEqual([...Array(10).fill(401), 429]);
  });

  test("success forgets the tries before it, and the window's end does", async () => {
    for (let n = 0; n < 9; n += 1) await guess("omar@example.org", "wrong horse");
    expect((await guess("omar@example.org", person.password)).status).toBe(200);
    expect((await guess("omar@example.org", "wrong horse")).status).toBe(401);

    const anHourAgo = BigInt(Date.now() - 60 * 60 * 1000);
    await prisma.rateLimit.updateMany({ data: { lastRequest: anHourAgo } });
    expect((await guess("lena@example.org", person.password)).status).toBe(200);
  });

  test.each(["", "null", "[]", '{"email":7}', "{"])("%j as a body is no sign-in and no fault", async (body) => {
    const headers = { "content-type": "application/json", origin: HOME };
    const answer = await POST(new Request(`${HOME}/api/auth/sign-in/email`, { method: "POST", body, headers }));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });
});

describe("what the product does not need is not there", () => {
  test.each([
    "/sign-up/email",
    "/update-user",
    "/change-password",
    "/change-email",
    "/delete-user",
    "/request-password-reset",
    "/reset-password",
    "/sign-in/social",
    "/revoke-sessions",
    "/update-session",
    "/sign-in/email/",
    "/%73ign-in/email/x",
    "/get-session",
  ])("POST %s", async (path) => {
    expect((await post(path, { name: "Page Inbox", ...person })).status).toBe(404);
  });

  test.each(["/list-sessions", "/ok", "/error", "/verify-email?token=x", "/sign-in/email", "/sign-out"])(
    "GET %s",
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );
});
