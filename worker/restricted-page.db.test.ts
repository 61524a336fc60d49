import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { SOLAR } from "#lib/inbound/testing.ts";
import { checkPage } from "#lib/pages/check-page.ts";
import { holdReplies } from "./hold-replies.ts";
import { clearDesk, due, lead, openDesk, queue, reply, send, stage } from "./testing.ts";

beforeAll(openDesk);
beforeEach(clearDesk);
afterAll(() => stage.close());

const sendAll = async () => {
  await due();
  while (await send());
  while (await holdReplies.step());
};
const kinds = async () => (await prisma.pageTrouble.findMany()).map(({ kind }) => kind);
const states = async (ids: string[]) => (await Promise.all(ids.map(reply))).map(({ state }) => state);

test("a restricted page's replies wait; one tries when its time has come, and then the rest follow", async () => {
  await stage.control("faults", { restrictPage: SOLAR });
  const ids = [];
  for (let count = 0; count < 3; count += 1) ids.push(await queue(await lead()));
  await sendAll();
  await sendAll();
  expect(await kinds()).toEqual(["restricted"]);
  expect(await states(ids)).toEqual(["queued", "queued", "queued"]);
  expect(await prisma.reply.aggregate({ _sum: { attempt: true } })).toMatchObject({ _sum: { attempt: 1 } });

  const itsTime = { probeAt: new Date(0).toISOString(), pauseMs: 30 * 60_000 };
  await prisma.pageTrouble.updateMany({ data: { data: itsTime } });
  await sendAll();
  expect(await prisma.reply.aggregate({ _sum: { attempt: true } })).toMatchObject({ _sum: { attempt: 2 } });
  expect(await kinds()).toEqual(["restricted"]);

  await stage.control("faults", { liftRestriction: SOLAR });
  await prisma.pageTrouble.updateMany({ data: { data: itsTime } });
  await sendAll();
  expect(await states(ids)).toEqual(["sent", "sent", "sent"]);
  expect(await kinds()).toEqual([]);
});

test("Meta says itself that it is over", async () => {
  await stage.control("policy", { pageId: SOLAR, action: "block", reason: "Too many complaints" });
  await stage.settle();
  const id = await queue(await lead());
  await sendAll();
  expect(await reply(id)).toMatchObject({ state: "queued", stateReason: "page_waits", attempt: 0 });
  await stage.control("policy", { pageId: SOLAR, action: "unblock" });
  await stage.settle();
  await stage.control("faults", { liftRestriction: SOLAR });
  await sendAll();
  expect(await reply(id)).toMatchObject({ state: "sent" });
});

test("a missing permission: the first reply waits for the look at the token, the others for the permission", async () => {
  const permission = { pageId: SOLAR, permission: "pages_messaging" };
  await stage.control("faults", { removePermission: permission });
  const ids = [await queue(await lead()), await queue(await lead())];
  await due();
  await send();
  await checkPage(SOLAR);
  await sendAll();
  expect(await kinds()).toEqual(["missing_permission"]);
  expect(await states(ids)).toEqual(["queued", "queued"]);
  await stage.control("faults", { restorePermission: permission });
  await checkPage(SOLAR, { isAsked: true });
  await sendAll();
  expect(await states(ids)).toEqual(["sent", "sent"]);
});

test("an app that is not live: the reply fails in words, and the page says why", async () => {
  const id = await queue(await lead());
  await stage.control("faults", { notLive: true });
  await sendAll();
  expect(await reply(id)).toMatchObject({ state: "failed", stateReason: "appNotApproved" });
  expect(await kinds()).toEqual(["test_only"]);
  await stage.control("faults", { notLive: false });
  await checkPage(SOLAR, { isAsked: true });
  expect(await kinds()).toEqual([]);
});

test("a page at its limit rests as long as Meta says, and its replies say so", async () => {
  await stage.control("faults", { usage: { pageId: SOLAR, percent: 100, minutes: 10 } });
  const ids = [await queue(await lead()), await queue(await lead())];
  await due();
  while (await send());
  while (await holdReplies.step());
  expect((await Promise.all(ids.map(reply))).map(({ stateReason }) => stateReason)).toEqual(["throttled", "throttled"]);
  const { pausedUntil } = await prisma.pageHealth.findUniqueOrThrow({ where: { pageId: SOLAR } });
  expect((pausedUntil?.getTime() ?? 0) - Date.now()).toBeGreaterThan(9 * 60_000);
  await stage.control("faults", { usage: { pageId: SOLAR, percent: 10, minutes: 0 } });
  await sendAll();
  expect(await states(ids)).toEqual(["sent", "sent"]);
});
