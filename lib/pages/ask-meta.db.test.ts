import { beforeEach, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { askMeta, type GraphOutcomeLike } from "./ask-meta.ts";
import { connectPage } from "./connect-page.ts";
import { getPageState } from "./get-page-state.ts";
import { maySend, readTrouble, troubleKinds } from "./page-trouble.ts";
import { sendablePages } from "./sendable-pages.ts";

const pageId = "104411223344556";
const MINUTE = 60_000;

beforeEach(async () => {
  await prisma.pageTrouble.deleteMany();
  await prisma.pageHealth.deleteMany();
  await connectPage({ id: pageId, name: "Solar Süd", token: "page-token" });
  await prisma.pageHistory.deleteMany();
});

const ask = (answer: GraphOutcomeLike) => askMeta(pageId, () => Promise.resolve(answer));
const ok = { outcome: "ok" };
const dead = { outcome: "refused", class: "auth", word: "tokenInvalid", subcode: null } as const;
const restricted = { outcome: "refused", class: "policy", word: "pageRestricted", subcode: 1893063 } as const;
const usage = (percent: number, retryAfterMs: number | null = null) => ({ percent, limit: "page", retryAfterMs });
const restMs = async () => {
  const health = await prisma.pageHealth.findUnique({ where: { pageId } });
  return (health?.pausedUntil?.getTime() ?? Date.now()) - Date.now();
};
const lines = () => prisma.pageHistory.count();

test("the call gets the token, and where to go with it", async () => {
  await prisma.page.update({
    where: { id: pageId },
    data: { graphId: "1", platform: "instagram" },
    select: { id: true },
  });
  const seen = await askMeta(pageId, (access) => Promise.resolve({ outcome: "ok", access }));
  await prisma.page.update({
    where: { id: pageId },
    data: { graphId: null, platform: "messenger" },
    select: { id: true },
  });
  expect(seen).toEqual({ outcome: "ok", access: { token: "page-token", graphId: "1", platform: "instagram" } });
});

describe("a dead token", () => {
  test("twenty refusals at once are one trouble and one line, and then nobody calls", async () => {
    await Promise.all(Array.from({ length: 20 }, () => ask(dead)));
    expect(await prisma.pageTrouble.findMany()).toMatchObject([{ kind: "revoked", reason: "tokenInvalid" }]);
    expect(await lines()).toBe(1);
    let calls = 0;
    const answer = await askMeta(pageId, () => {
      calls += 1;
      return Promise.resolve(ok);
    });
    expect(answer).toEqual({ outcome: "not-sent", reason: "no-token" });
    expect(calls).toBe(0);
    expect(await getPageState(pageId)).toEqual({ state: "revoked", maySend: false, isPaused: false });
  });

  test("makes us look at the page at once", async () => {
    await prisma.pageHealth.updateMany({ data: { checkDueAt: new Date(Date.now() + 10 * MINUTE) } });
    await ask(dead);
    const { checkDueAt } = await prisma.pageHealth.findUniqueOrThrow({ where: { pageId } });
    expect(checkDueAt.getTime()).toBeLessThanOrEqual(Date.now());
  });

  test("of a page that is not connected is no trouble", async () => {
    expect(await askMeta("1", () => Promise.resolve(ok))).toEqual({ outcome: "not-sent", reason: "no-token" });
    expect(await prisma.pageTrouble.count()).toBe(0);
  });
});

test("terms nobody accepted do not hide that the token may not send", async () => {
  const terms = { outcome: "refused", class: "permission", word: "contactTermsMissing", subcode: 2018344 } as const;
  await ask(terms);
  expect(await prisma.pageTrouble.findMany()).toMatchObject([{ kind: "missing_permission", reason: "contact_terms" }]);
  expect(await getPageState(pageId)).toMatchObject({ state: "missing_permission", maySend: true });
  await prisma.pageTrouble.updateMany({ data: { reason: "pages_messaging" } });
  await ask(terms);
  expect(await getPageState(pageId)).toMatchObject({ maySend: false });
});

describe("Meta's limits", () => {
  test("slow down from 75 %, the more the fuller", async () => {
    await ask({ ...ok, usage: usage(74) });
    expect(await restMs()).toBeLessThanOrEqual(0);
    const rests = [];
    for (const percent of [76, 85, 95]) {
      await prisma.pageHealth.updateMany({ data: { pausedUntil: null } });
      await ask({ ...ok, usage: usage(percent) });
      rests.push(await restMs());
    }
    expect(rests).toEqual(rests.toSorted((a, b) => a - b));
    expect(rests.at(-1)).toBeLessThan(MINUTE);
    expect(await lines()).toBe(0);
  });

  test("when reached, the page rests as long as Meta says, and it is told once", async () => {
    const throttled = { outcome: "refused", class: "throttled", word: "throttled", step: "pause_page" } as const;
    await ask({ ...throttled, usage: usage(100, 19 * MINUTE) });
    expect(await restMs()).toBeGreaterThan(18 * MINUTE);
    expect(await ask(ok)).toEqual({ outcome: "not-sent", reason: "paused" });
    await prisma.pageHealth.updateMany({ data: { pausedUntil: new Date(Date.now() - 1) } });
    await ask({ ...throttled, retryAfterMs: 30 * MINUTE });
    expect(await restMs()).toBeGreaterThan(29 * MINUTE);
    expect(await lines()).toBe(1);
  });

  test("a shorter rest does not end a longer one", async () => {
    await Promise.all([ask({ ...ok, usage: usage(100, 30 * MINUTE) }), ask({ ...ok, usage: usage(80) })]);
    expect(await restMs()).toBeGreaterThan(29 * MINUTE);
  });
});

describe("a restricted page", () => {
  const pauseMs = async () => {
    const [row] = await prisma.pageTrouble.findMany({ where: { kind: "restricted" } });
    return row === undefined ? null : readTrouble(row).data.pauseMs;
  };
  const later = () =>
    prisma.pageTrouble.updateMany({
      data: { data: { probeAt: new Date(0).toISOString(), pauseMs: 30 * MINUTE } },
    });

  test("is left alone longer after each try, not after refusals that were on their way", async () => {
    await Promise.all([ask(restricted), ask(restricted)]);
    await ask(restricted);
    expect(await pauseMs()).toBe(30 * MINUTE);
    await later();
    await ask(restricted);
    expect(await pauseMs()).toBe(60 * MINUTE);
    expect(await lines()).toBe(1);
  });

  test("is restricted no longer once a message was accepted; other calls prove nothing", async () => {
    await ask(restricted);
    await ask(ok);
    expect(await pauseMs()).toBe(30 * MINUTE);
    await ask({ outcome: "accepted" });
    expect(await pauseMs()).toBeNull();
    expect(await lines()).toBe(2);
  });
});

test("SQL and the pure rules agree on which pages may send", async () => {
  const sendable = async () => {
    const rows = await prisma.$queryRaw<{ id: string }[]>`${sendablePages()}`;
    return rows.some(({ id }) => id === pageId);
  };
  const reasons = [null, "pages_messaging", "instagram_manage_messages", "pages_manage_metadata"];
  for (const kind of troubleKinds) {
    for (const reason of reasons) {
      await prisma.pageTrouble.deleteMany();
      await prisma.pageTrouble.create({ data: { pageId, kind, reason }, select: { kind: true } });
      expect([kind, reason, await sendable()]).toEqual([kind, reason, maySend([{ kind, reason }])]);
    }
  }
  await prisma.pageTrouble.deleteMany();
  expect(await sendable()).toBe(true);
  await prisma.pageHealth.updateMany({ data: { pausedUntil: new Date(Date.now() + MINUTE) } });
  expect(await sendable()).toBe(false);
});
