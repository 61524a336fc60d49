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

test("a door believes nothing but the cookie the library set", async () => {
  const person = { email: "bo@example.org", password: "correct horse battery" };
  await createUser({ ...person, name: "Bo", role: "agent" });
  const { headers } = await auth().api.signInEmail({ body: person, returnHeaders: true });
  const cookie = headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const [name = "", value = ""] = cookie.split("=", 2);
  const [token = "", signature = ""] = decodeURIComponent(value).split(".");
  const asks = (given: string) => viewerOf(new Headers({ cookie: given }));

  expect(await asks(`tz=UTC; ${cookie}; theme=dark`)).toMatchObject({ name: "Bo" });
  const forged = [
    "",
    name,
    `${name}=`,
    `${name}=${token}`,
    `${name}=${token}.`,
    `${name}=${token}.${signature.slice(4)}`,
    `${name}=${token.slice(1)}.${signature}`,
    `${name}=${encodeURIComponent(`${token}.${Buffer.alloc(32).toString("base64")}`)}`,
    `${name}=%E0%A4%A`,
    `other=${value}`,
  ];
  for (const given of forged) expect(await asks(given), given).toBeNull();

  await prisma.user.updateMany({ where: { email: person.email }, data: { disabledAt: new Date() } });
  expect(await asks(cookie)).toBeNull();
});
