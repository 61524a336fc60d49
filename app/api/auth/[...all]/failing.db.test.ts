import { afterEach, expect, test, vi } from "vitest";
import { createUser } from "#lib/agents/create-user.ts";
import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";
import { POST } from "./route.ts";

const person = { email: "anna@example.org", name: "Anna", role: "agent" as const, password: "a long enough password" };

afterEach(() => vi.restoreAllMocks());

async function signIn(password: string): Promise<Response> {
  const { email } = person;
  return POST(
    new Request("http://localhost:3000/api/auth/sign-in/email", {
      method: "POST",
      headers: { "content-type": "application/json", origin: "http://localhost:3000", "x-forwarded-for": "127.0.0.1" },
      body: JSON.stringify({ email, password }),
    }),
  );
}

test("what fails while signing in is told by its name in our log, and nowhere else", async () => {
  await createUser(person);
  const printed = vi.spyOn(process.stderr, "write");
  const consoles = [vi.spyOn(console, "error"), vi.spyOn(console, "warn"), vi.spyOn(console, "log")];
  const told = vi.spyOn(log, "error");
  expect((await signIn("not the right one")).status).toBe(401);
  expect(told).not.toHaveBeenCalled();

  await prisma.$executeRaw`ALTER TABLE "account" RENAME TO "account_away"`;
  const failed = await signIn(person.password);
  await prisma.$executeRaw`ALTER TABLE "account_away" RENAME TO "account"`;
  expect(failed.status).toBe(500);
  expect(failed.headers.get("cache-control")).toBe("no-store");
  expect(told.mock.calls).toEqual([
    [{ event: "auth", message: "Failed to query fallback join for model account:" }],
    [{ event: "auth.failed", cause: expect.stringMatching(/P2021/) }],
  ]);
  expect((await signIn(person.password)).status).toBe(200);
  for (const spy of [printed, ...consoles]) expect(spy).not.toHaveBeenCalled();
});
