import { describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { auth } from "./auth.ts";
import { createUser } from "./create-user.ts";
import { disableUser } from "./disable-user.ts";
import { findAgents } from "./find-agents.ts";
import { viewerOf } from "./get-viewer.ts";
import { resetPassword } from "./reset-password.ts";

const password = "a long enough password";
let people = 0;
async function newUser(more: { role?: "admin" | "manager" | "agent" } = {}) {
  people += 1;
  const email = `person${people}@example.org`;
  const made = await createUser({ email, name: `Person ${people}`, role: "agent", password, ...more });
  if (made.outcome !== "created") throw new Error("The user must be new.");
  return { email, id: made.id };
}

/** The headers of a signed-in browser, or null when the door stays shut. */
async function signIn(email: string, given = password): Promise<Headers | null> {
  const request = new Request("http://localhost:3000/api/auth/sign-in/email", {
    method: "POST",
    headers: { "content-type": "application/json", origin: "http://localhost:3000", "x-forwarded-for": "127.0.0.1" },
    body: JSON.stringify({ email, password: given }),
  });
  const response = await auth().handler(request);
  if (!response.ok) return null;
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  return new Headers({ cookie: cookies.join("; ") });
}

describe("users", () => {
  test("are made once per e-mail, in whatever case it is written", async () => {
    const { email, id } = await newUser();
    const again = { email: ` ${email.toUpperCase()} `, name: "Other", role: "admin" as const, password };
    expect(await createUser(again)).toEqual({ outcome: "exists" });
    expect(await prisma.user.findMany({ where: { email } })).toMatchObject([{ id, role: "agent", disabledAt: null }]);
  });

  test("two operators at once make one", async () => {
    const wish = { email: "race@example.org", name: "Race", role: "agent" as const, password };
    const outcomes = await Promise.all([createUser(wish), createUser(wish)]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["created", "exists"]);
    expect(await prisma.account.count({ where: { user: { email: wish.email } } })).toBe(1);
  });

  test("sign in with e-mail and password, and are the viewer they are", async () => {
    const { email, id } = await newUser({ role: "manager" });
    const headers = await signIn(email);
    expect(headers === null ? null : await viewerOf(headers)).toMatchObject({
      agentId: id,
      role: "manager",
      pageIds: null,
    });
    expect(await signIn(email, "another password entirely")).toBeNull();
    expect(await viewerOf(new Headers())).toBeNull();
  });

  test("an agent with pages of their own sees those", async () => {
    const { email, id } = await newUser();
    await prisma.user.update({ where: { id }, data: { allPages: false, pages: { create: { pageId: "80001" } } } });
    const headers = await signIn(email);
    expect(headers === null ? null : await viewerOf(headers)).toMatchObject({ pageIds: ["80001"] });
  });

  test("nobody makes an account for themselves", async () => {
    const request = new Request("http://localhost:3000/api/auth/sign-up/email", {
      method: "POST",
      headers: { "content-type": "application/json", origin: "http://localhost:3000" },
      body: JSON.stringify({ email: "stranger@example.org", name: "Stranger", password }),
    });
    expect((await auth().handler(request)).ok).toBe(false);
    expect(await prisma.user.count({ where: { email: "stranger@example.org" } })).toBe(0);
  });
});

describe("shutting out", () => {
  test("acts with the next request: sessions end, and the door stays shut", async () => {
    const { email } = await newUser();
    const headers = await signIn(email);
    if (headers === null) throw new Error("The user must be signed in.");
    expect(await disableUser(email.toUpperCase())).toBe("disabled");
    expect(await viewerOf(headers)).toBeNull();
    expect(await signIn(email)).toBeNull();
    expect(await findAgents()).toContainEqual(expect.objectContaining({ email, isDisabled: true }));
  });

  test("a new password ends the sessions and lets in again", async () => {
    const { email } = await newUser();
    const headers = await signIn(email);
    if (headers === null) throw new Error("The user must be signed in.");
    await disableUser(email);
    expect(await resetPassword(email, "quite another password")).toBe("reset");
    expect(await viewerOf(headers)).toBeNull();
    expect(await signIn(email)).toBeNull();
    expect(await signIn(email, "quite another password")).not.toBeNull();
  });

  test("nobody there", async () => {
    expect(await disableUser("nobody@example.org")).toBe("not-found");
    expect(await resetPassword("nobody@example.org", password)).toBe("not-found");
  });

  test("a session ends after seven days, however busy it was", async () => {
    const { email, id } = await newUser();
    const headers = await signIn(email);
    if (headers === null) throw new Error("The user must be signed in.");
    expect(await viewerOf(headers)).not.toBeNull();
    await prisma.session.updateMany({
      where: { userId: id },
      data: { createdAt: new Date(Date.now() - 8 * 24 * 60 * 60 * 1000) },
    });
    expect(await viewerOf(headers)).toBeNull();
  });
});
