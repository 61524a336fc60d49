import { expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { auth } from "./auth.ts";
import { createUser } from "./create-user.ts";
import { viewerOf } from "./get-viewer.ts";

const HOUR = 60 * 60 * 1000;

test("an open stream asks who is there without keeping a session alive", async () => {
  const person = { email: "ada@example.org", password: "correct horse battery" };
  await createUser({ ...person, name: "Ada", role: "agent" });
  const { headers } = await auth().api.signInEmail({ body: person, returnHeaders: true });
  const cookie = headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const expiresAt = new Date(Date.now() + HOUR);
  await prisma.session.updateMany({ data: { expiresAt } });

  expect(await viewerOf(new Headers({ cookie }))).toMatchObject({ name: "Ada" });
  expect(await prisma.session.findMany()).toMatchObject([{ expiresAt }]);

  await prisma.session.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
  expect(await viewerOf(new Headers({ cookie }))).toBeNull();
});
