import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createUser } from "#lib/agents/create-user.ts";
import { viewerOf } from "#lib/agents/get-viewer.ts";
import { prisma } from "#lib/db.ts";
import { failEverywhere, Onlooker } from "../../../../prisma/every-failure.ts";
import { layFailingLine } from "../../../../prisma/failing-line.ts";
import { POST } from "./route.ts";

const HOME = "http://localhost:3000";
const person = { email: "jana@example.org", password: "correct horse battery" };

const line = await layFailingLine();
const onlooker = new Onlooker(line.directUrl);
beforeAll(async () => {
  // The sign-in library says each failure aloud.
  vi.spyOn(console, "error").mockReturnValue(undefined);
  await onlooker.open();
});
afterAll(async () => {
  await onlooker.close();
  await prisma.$disconnect();
  await line.close();
});

function signIn(password = person.password): Promise<Response> {
  const init = { method: "POST", body: JSON.stringify({ email: person.email, password }) };
  const headers = { "content-type": "application/json", origin: HOME };
  return POST(new Request(`${HOME}/api/auth/sign-in/email`, { ...init, headers }));
}
const cookieOf = (response: Response | undefined) => response?.headers.getSetCookie()[0]?.split(";")[0] ?? "";
const viewerWith = (cookie: string) => viewerOf(new Headers({ cookie, host: "localhost:3000" }));

/** Whoever is in, after the line is well again. */
async function isIn(cookie: string): Promise<boolean> {
  for (let tried = 0; tried <= 11; tried += 1) {
    const viewer = await viewerWith(cookie).catch(() => undefined);
    if (viewer !== undefined) return viewer !== null;
  }
  throw new Error("Nobody says who it is.");
}

describe("each statement fails in turn, and who is not signed in stays out", { timeout: 240_000 }, () => {
  const prepare = () => createUser({ ...person, name: "Jana", role: "agent" });
  const isOk = (response: Response) => response.status === 200;

  test("signing in: whoever is told so is in, and nobody else", async () => {
    await failEverywhere(line, onlooker, {
      prepare,
      act: () => signIn(),
      saysDone: isOk,
      tables: ["user"],
      check: async (_, response) => {
        if (response?.status === 200) expect(await isIn(cookieOf(response))).toBe(true);
        else expect(cookieOf(response)).toBe("");
      },
      again: async () => {
        const response = await signIn();
        if (response.status !== 200) throw new Error(`Answered ${response.status}.`);
        expect(await isIn(cookieOf(response))).toBe(true);
      },
    });
  });

  test.each([
    { who: "the wrong password", password: "wrong horse battery", before: async () => {} },
    {
      who: "somebody who is shut out",
      password: person.password,
      before: async () => void (await prisma.user.updateMany({ data: { disabledAt: new Date() } })),
    },
    {
      who: "an account that was tried too often",
      password: person.password,
      before: async () => {
        for (let tried = 0; tried < 11; tried += 1) await signIn("wrong horse battery");
      },
    },
  ])("$who never gets in", async ({ password, before }) => {
    await failEverywhere(line, onlooker, {
      prepare: async () => {
        await prepare();
        await before();
      },
      act: () => signIn(password),
      tables: ["user", "session"],
      isAtomic: true,
      // That it was refused is how it is done.
      saysDone: () => true,
      check: async (_, response) => {
        expect(response?.status).not.toBe(200);
        expect(cookieOf(response)).toBe("");
        expect(await onlooker.ask("SELECT 1 FROM session")).toEqual([]);
      },
    });
  });

  test("a session that has ended is never believed", async () => {
    let cookie = "";
    await failEverywhere(line, onlooker, {
      prepare: async () => {
        await prepare();
        cookie = cookieOf(await signIn());
        expect(await isIn(cookie)).toBe(true);
        await prisma.session.deleteMany();
      },
      act: () => viewerWith(cookie),
      tables: ["user", "session"],
      check: (_, viewer) => expect([undefined, null]).toContain(viewer),
    });
  });
});
