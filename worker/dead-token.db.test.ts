import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { ads, ago, SOLAR } from "#lib/inbound/testing.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { fetchProfiles } from "./fetch-profiles.ts";
import { holdReplies } from "./hold-replies.ts";
import { accepted, clearDesk, due, lead, openDesk, pageOf, queue, reply, send, stage } from "./testing.ts";

beforeAll(openDesk);
beforeEach(async () => {
  await clearDesk();
  await prisma.pageTrouble.deleteMany();
  await prisma.pageHistory.deleteMany();
});
afterAll(() => stage.close());

const sendAll = async () => {
  await due();
  while (await send());
  while (await holdReplies.step());
};
const troubles = () => prisma.pageTrouble.findMany({ select: { pageId: true, kind: true, reason: true } });
const told = () => prisma.pageHistory.findMany({ orderBy: { id: "asc" }, select: { kind: true, data: true } });
const connect = () => connectPage({ id: SOLAR, name: "Solar Süd", token: `sandbox-page-token-${SOLAR}` });

describe("a dead token", () => {
  test("makes one trouble; replies wait and say so; a new token sends them if their window is still open", async () => {
    const people = [await lead(), await lead(), await lead(ads.battery)];
    const late = await lead(ads.dream, "complete", ago(1));
    await stage.control("faults", { revokeToken: SOLAR });
    const ids = [];
    for (const ref of people) ids.push(await queue(ref));
    await sendAll();
    await sendAll();

    expect(await troubles()).toEqual([{ pageId: SOLAR, kind: "revoked", reason: "passwordChanged" }]);
    expect(await told()).toMatchObject([{ kind: "trouble", data: { kind: "revoked" } }]);
    const waiting = await Promise.all(ids.map(reply));
    expect(waiting.map(({ state }) => state)).toEqual(["queued", "queued", "queued"]);
    expect(waiting.map(({ stateReason }) => stateReason).toSorted()).toEqual([
      "page_waits",
      "page_waits",
      "passwordChanged",
    ]);
    expect(waiting.reduce((sum, { attempt }) => sum + attempt, 0)).toBe(1);
    expect(late.pageId).toBe("104411223399887");

    // One person's window closes while the page waits for its repair.
    const [gone, ...open] = people;
    await prisma.thread.updateMany({
      where: { pageId: SOLAR, psid: gone?.psid ?? "" },
      data: { lastActionAt: ago(9 * 24), firstAdMessageAt: ago(9 * 24), probableActionAt: null },
    });
    await stage.control("faults", { restoreToken: SOLAR });
    await connect();
    await sendAll();

    const [closed, ...sent] = await Promise.all(ids.map(reply));
    expect(closed).toMatchObject({ state: "failed", stateReason: "closed" });
    expect(sent.map(({ state }) => state)).toEqual(["sent", "sent"]);
    for (const id of ids.slice(1)) expect(await accepted(id)).toHaveLength(1);
    expect(await accepted(ids[0] ?? "")).toEqual([]);
    expect(await troubles()).toEqual([]);
    expect((await told()).map(({ kind }) => kind)).toEqual(["trouble", "repaired", "connected"]);
    expect(open).toHaveLength(2);
  });

  test("of one page leaves the others alone", async () => {
    const kitchen = await lead(ads.dream);
    await stage.control("faults", { revokeToken: SOLAR });
    await queue(await lead());
    const id = await queue(kitchen);
    await sendAll();
    expect(await reply(id)).toMatchObject({ state: "sent" });
    expect((await pageOf(kitchen)).thread.messages.length).toBeGreaterThan(0);
  });

  test("uses up no tries of what is asked about people", async () => {
    const { pageId, psid } = await lead();
    await prisma.pageTrouble.create({ data: { pageId, kind: "revoked" }, select: { kind: true } });
    while (await fetchProfiles.step());
    const where = { pageId_psid: { pageId, psid } };
    expect(await prisma.person.findUniqueOrThrow({ where })).toMatchObject({ profileTries: 0 });
    await prisma.pageTrouble.deleteMany();
    while (await fetchProfiles.step());
    expect(await prisma.person.findUniqueOrThrow({ where })).toMatchObject({ profileTries: 1 });
  });
});
