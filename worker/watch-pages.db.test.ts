import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { openStage, SOLAR, type Stage } from "#lib/inbound/testing.ts";
import { getAppSubscription } from "#lib/messenger/get-app-subscription.ts";
import { subscribeApp } from "#lib/messenger/subscribe-app.ts";
import { checkPage } from "#lib/pages/check-page.ts";
import { watchPages } from "./watch-pages.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(async () => {
  await stage.control("faults", { clear: true });
  await stage.control("faults", { restoreToken: SOLAR });
  await prisma.pageTrouble.deleteMany();
  await prisma.pageHealth.deleteMany();
  await checkPage(SOLAR, { isAsked: true });
  await prisma.pageHistory.deleteMany();
});
afterAll(() => stage.close());

const check = () => checkPage(SOLAR, { isAsked: true });
const troubles = async () =>
  (await prisma.pageTrouble.findMany({ where: { pageId: SOLAR }, orderBy: { kind: "asc" } })).map(
    ({ kind, reason }) => `${kind} ${reason}`,
  );
const told = async () =>
  (await prisma.pageHistory.findMany({ where: { pageId: SOLAR }, orderBy: { id: "asc" } })).map(({ kind }) => kind);
const health = () => prisma.pageHealth.findUniqueOrThrow({ where: { pageId: SOLAR } });
const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString();

test("a page that is well has no trouble, and what Meta set up for it is known", async () => {
  expect(await troubles()).toEqual([]);
  expect(await health()).toMatchObject({ routing: "configured", checkedAt: expect.any(Date) });
});

describe("the token", () => {
  test("that died is found without any call of ours, once, and found alive again", async () => {
    await stage.control("faults", { revokeToken: SOLAR, subcode: 460 });
    for (let times = 0; times < 3; times += 1) expect(await check()).toBe("checked");
    expect(await troubles()).toEqual(["revoked passwordChanged"]);
    await stage.control("faults", { restoreToken: SOLAR });
    await check();
    expect(await troubles()).toEqual([]);
    expect(await told()).toEqual(["trouble", "repaired"]);
  });

  test("that ends within a week is told", async () => {
    await stage.control("faults", { expireToken: SOLAR, at: inDays(20) });
    await check();
    expect(await troubles()).toEqual([]);
    await stage.control("faults", { expireToken: SOLAR, at: inDays(6) });
    await check();
    expect(await troubles()).toEqual(["expiring null"]);
  });

  test("that lacks a permission says which", async () => {
    await stage.control("faults", { removePermission: { pageId: SOLAR, permission: "pages_messaging" } });
    await check();
    expect(await troubles()).toEqual(["missing_permission pages_messaging"]);
    await stage.control("faults", { restorePermission: { pageId: SOLAR, permission: "pages_messaging" } });
    await check();
    expect(await troubles()).toEqual([]);
  });
});

describe("the subscription", () => {
  test("that was lost is put back, told, and makes us read again what was missed", async () => {
    const { checkedAt } = await health();
    await stage.control("faults", { unsubscribePage: SOLAR });
    await check();
    expect(await told()).toEqual(["resubscribed", "gap"]);
    expect(await troubles()).toEqual([]);
    expect(await health()).toMatchObject({ reconcileSince: checkedAt, reconcileDueAt: expect.any(Date) });
    await check();
    expect(await told()).toEqual(["resubscribed", "gap"]);
  });

  test.each(["page", "app"])("that misses a field on the level of the %s gets it", async (layer) => {
    const removeField = { layer, field: "messaging_referrals", ...(layer === "page" ? { pageId: SOLAR } : {}) };
    await stage.control("faults", { removeField });
    await check();
    const [line] = await prisma.pageHistory.findMany({ where: { pageId: SOLAR, kind: "resubscribed" } });
    expect(line?.data).toEqual({ layer, names: ["messaging_referrals"] });
  });

  test("of the app that Meta will not put back is a trouble, and read again from its beginning once it is", async () => {
    const before = await getAppSubscription("page");
    const door = before.outcome === "ok" ? before.value.callbackUrl : null;
    await stage.control("faults", { unsubscribeApp: true });
    // Nobody answers at the address Meta is told.
    for (let times = 0; times < 2; times += 1) await check();
    expect(await troubles()).toEqual(["unsubscribed app"]);
    expect(await told()).toEqual(["trouble"]);
    const { since } = await prisma.pageTrouble.findFirstOrThrow({ where: { pageId: SOLAR } });
    expect(await subscribeApp("page", door ?? "")).toMatchObject({ outcome: "ok" });
    await check();
    expect(await troubles()).toEqual([]);
    expect(await told()).toEqual(["trouble", "repaired", "gap"]);
    expect((await health()).reconcileSince?.getTime()).toBeLessThan(since.getTime());
  });

  test("without the permission to look is told as the missing permission", async () => {
    await stage.control("faults", { unsubscribePage: SOLAR });
    await stage.control("faults", { removePermission: { pageId: SOLAR, permission: "pages_manage_metadata" } });
    await check();
    expect((await troubles())[0]).toBe("missing_permission pages_manage_metadata");
    await stage.control("faults", { restorePermission: { pageId: SOLAR, permission: "pages_manage_metadata" } });
    await check();
    expect(await troubles()).toEqual([]);
  });
});

test("a page is looked at when it is due, once, and again within five minutes", async () => {
  await prisma.pageHealth.updateMany({ data: { checkDueAt: new Date(Date.now() + 60_000) } });
  await prisma.pageHealth.updateMany({ where: { pageId: SOLAR }, data: { checkDueAt: new Date(0) } });
  // The other page has no row yet; it is due from the start.
  expect(await Promise.all([watchPages.step(), watchPages.step()])).toEqual([true, true]);
  expect(await watchPages.step()).toBe(false);
  const { checkDueAt } = await health();
  expect(checkDueAt.getTime() - Date.now()).toBeGreaterThan(3 * 60_000);
  expect(checkDueAt.getTime() - Date.now()).toBeLessThan(5 * 60_000);
});

test("after a long absence the conversations are read again from the last look on", async () => {
  const away = new Date(Date.now() - 60 * 60_000);
  await prisma.pageHealth.updateMany({ where: { pageId: SOLAR }, data: { checkedAt: away } });
  await checkPage(SOLAR);
  expect(await told()).toEqual(["gap"]);
  expect(await health()).toMatchObject({ reconcileSince: away });
});
