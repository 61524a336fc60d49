import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auth } from "#lib/agents/auth.ts";
import { createUser } from "#lib/agents/create-user.ts";
import { viewerOf } from "#lib/agents/get-viewer.ts";
import type { Role, Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { KITCHEN, openStage, SOLAR, type Stage } from "#lib/inbound/testing.ts";
import { beginLogin } from "#lib/pages/begin-login.ts";
import { connectChosen } from "#lib/pages/connect-chosen.ts";
import { findPageChoices } from "#lib/pages/find-page-choices.ts";
import { watchNextPage } from "#lib/pages/watch-next-page.ts";
import { GET } from "./route.ts";

let stage: Stage;
type Person = { cookie: string; viewer: Viewer };
let admin: Person;
let other: Person;
let agent: Person;

async function person(name: string, role: Role): Promise<Person> {
  const email = `${name}@example.org`;
  const password = "correct horse battery";
  await createUser({ email, password, name, role });
  const { headers } = await auth().api.signInEmail({ body: { email, password }, returnHeaders: true });
  const lines = headers.getSetCookie().map((line) => line.split(";")[0]);
  const cookie = lines.join("; ");
  const viewer = await viewerOf(new Headers({ cookie }));
  if (viewer === null) throw new Error("They are signed in.");
  return { cookie, viewer };
}

beforeAll(async () => {
  stage = await openStage();
  admin = await person("ada", "admin");
  other = await person("bo", "admin");
  agent = await person("cy", "agent");
});
beforeEach(() => prisma.verification.deleteMany());
afterAll(() => stage.close());

async function begin({ viewer }: Person) {
  const begun = await beginLogin(viewer);
  if (begun.outcome !== "begun") throw new Error(begun.outcome);
  return begun;
}

/** What the person does at Meta, and the address they come back with. */
async function decide(url: string, choices: [string, string][]): Promise<URL> {
  const { pathname, search } = new URL(url);
  const address = `${process.env.META_GRAPH_URL}${pathname}${search}`;
  const response = await fetch(address, { method: "POST", body: new URLSearchParams(choices), redirect: "manual" });
  return new URL(response.headers.get("location") ?? "");
}

const scopes = ["pages_show_list", "pages_messaging", "pages_manage_metadata", "pages_read_engagement"];
const allow: [string, string][] = [
  ["decision", "allow"],
  ["page", SOLAR],
  ["page", KITCHEN],
  ...scopes.map((scope): [string, string] => ["scope", scope]),
];

async function comeBack(url: URL, { cookie }: Person, nonce: string): Promise<string> {
  const response = await GET(
    new Request(url, { headers: { cookie: `${cookie}; __Host-lead-inbox.meta_login=${nonce}` } }),
  );
  expect(response.status).toBe(303);
  const set = response.headers.get("set-cookie") ?? "";
  expect(set).toMatch(/^__Host-lead-inbox\.meta_login=; Path=\/; Max-Age=0; Secure; HttpOnly/);
  const { pathname, search } = new URL(response.headers.get("location") ?? "");
  return `${pathname}${search}`;
}

test("whoever allows it at Meta chooses here, and what they chose is connected, subscribed and checked", async () => {
  await stage.control("faults", { unsubscribePage: SOLAR });
  const { url, nonce } = await begin(admin);
  const back = await decide(url, allow);
  expect(`${back.origin}${back.pathname}`).toBe(`${env.APP_URL}/api/meta/login/callback`);
  expect(await comeBack(back, admin, nonce)).toBe("/settings/pages?login=choose");

  const choices = await findPageChoices(admin.viewer);
  expect(choices.map(({ id, lacks }) => [id, lacks])).toEqual(
    expect.arrayContaining([
      [SOLAR, []],
      [KITCHEN, []],
    ]),
  );
  expect(JSON.stringify(choices)).not.toMatch(/token/i);
  expect(await findPageChoices(other.viewer)).toEqual([]);
  expect(await findPageChoices(agent.viewer)).toEqual([]);

  await prisma.page.update({
    where: { id: SOLAR },
    data: { sealedToken: null, connectedAt: null },
    select: { id: true },
  });
  expect(await connectChosen([SOLAR], other.viewer)).toEqual({ outcome: "gone" });
  expect(await connectChosen([SOLAR], admin.viewer)).toEqual({ outcome: "connected", count: 1 });
  const page = await prisma.page.findUniqueOrThrow({ where: { id: SOLAR } });
  expect(page.connectedAt).not.toBeNull();
  const health = await prisma.pageHealth.findUniqueOrThrow({ where: { pageId: SOLAR } });
  expect(health.checkedAt).not.toBeNull();
  const history = await prisma.pageHistory.findMany({ where: { pageId: SOLAR }, orderBy: { id: "asc" } });
  expect(history.map(({ kind }) => kind).slice(-2)).toEqual(["connected", "resubscribed"]);
  expect(history.at(-2)).toMatchObject({ actorId: admin.viewer.agentId, data: { by: "login" } });
  // The rest of what Meta granted is forgotten.
  expect(await prisma.verification.count()).toBe(0);
});

test("what waits for the choice is sealed", async () => {
  const { url, nonce } = await begin(admin);
  await comeBack(await decide(url, allow), admin, nonce);
  const rows = await prisma.verification.findMany();
  expect(rows).toHaveLength(1);
  expect(Buffer.from(rows[0]?.value ?? "", "base64").toString("latin1")).not.toContain(SOLAR);
});

test("what nobody chose in time is forgotten, whether anybody logs in again or not", async () => {
  const { url, nonce } = await begin(admin);
  await comeBack(await decide(url, allow), admin, nonce);
  await watchNextPage();
  expect(await prisma.verification.count()).toBe(1);
  await prisma.verification.updateMany({ data: { expiresAt: new Date(0) } });
  await watchNextPage();
  expect(await prisma.verification.count()).toBe(0);
});

describe("nobody else finishes it", () => {
  test("not twice, not even at once", async () => {
    const { url, nonce } = await begin(admin);
    const back = await decide(url, allow);
    const ends = await Promise.all([1, 2, 3].map(() => comeBack(back, admin, nonce)));
    expect(ends.filter((end) => end.endsWith("choose"))).toHaveLength(1);
    expect(await comeBack(back, admin, nonce)).toBe("/settings/pages?login=not-ours");
  });

  test("not from another browser, by another administrator, or by somebody signed out", async () => {
    for (const [who, cookie] of [
      [admin, "another"],
      [other, null],
      [agent, null],
    ] as const) {
      const { url, nonce } = await begin(admin);
      const back = await decide(url, allow);
      expect(await comeBack(back, who, cookie ?? nonce)).toBe("/settings/pages?login=not-ours");
    }
    const { url, nonce } = await begin(admin);
    expect(await comeBack(await decide(url, allow), { ...admin, cookie: "" }, nonce)).toBe("/sign-in");
  });

  test("not with a state nobody began, nor after ten minutes", async () => {
    const { url, nonce } = await begin(admin);
    const back = await decide(url, allow);
    const strange = new URL(back);
    strange.searchParams.set("state", "strange");
    expect(await comeBack(strange, admin, nonce)).toBe("/settings/pages?login=not-ours");
    await prisma.verification.updateMany({ data: { expiresAt: new Date(0) } });
    expect(await comeBack(back, admin, nonce)).toBe("/settings/pages?login=not-ours");
  });

  test("and only administrators begin it", async () => {
    expect(await beginLogin(agent.viewer)).toEqual({ outcome: "not-allowed" });
  });
});

test("declining connects nothing; no page is said", async () => {
  const { url, nonce } = await begin(admin);
  expect(await comeBack(await decide(url, [["decision", "decline"]]), admin, nonce)).toBe(
    "/settings/pages?login=declined",
  );
  const second = await begin(admin);
  const nothing = allow.filter(([name]) => name !== "page");
  expect(await comeBack(await decide(second.url, nothing), admin, second.nonce)).toBe("/settings/pages?login=no-pages");
});

test("a code Meta does not know is refused", async () => {
  const { url, nonce } = await begin(admin);
  const back = await decide(url, allow);
  back.searchParams.set("code", "made-up");
  expect(await comeBack(back, admin, nonce)).toBe("/settings/pages?login=refused");
});
