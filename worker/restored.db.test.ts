import { randomUUID } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { ads, ago } from "#lib/inbound/testing.ts";
import { askControl } from "#lib/leads/ask-control.ts";
import { findHeldReplies } from "#lib/leads/find-held-replies.ts";
import { formatLeadRef } from "#lib/leads/lead-ref.ts";
import { settleUnknown } from "#lib/leads/settle-unknown.ts";
import { getSending } from "#lib/threads/get-sending.ts";
import { lookAtSending } from "#lib/threads/look-at-sending.ts";
import { resumeSending } from "#lib/threads/resume-sending.ts";
import { settleByHistory } from "#lib/threads/settle-by-history.ts";
import { settleOldReplies } from "#lib/threads/settle-old-replies.ts";
import { newViewer } from "../prisma/factories.ts";
import { controlThreads } from "./control-threads.ts";
import { holdReplies } from "./hold-replies.ts";
import { accepted, clearDesk, lead, openDesk, pageOf, queue, reply, send, stage, viewer } from "./testing.ts";

let folder: string;
const thorough = { isThorough: true };
const look = () => lookAtSending(folder, thorough);
const sending = () => prisma.sending.findUniqueOrThrow({ where: { id: 1 } });
const manager = () => newViewer({ role: "manager" });

/**
 * As restoring a dump does it: each row is written anew, by another transaction. The database, its server and
 * everything outside stay the same, so this is the least that is to be seen of it.
 */
async function restoreDump(): Promise<void> {
  await prisma.$executeRaw`WITH row AS (DELETE FROM sending RETURNING *) INSERT INTO sending SELECT * FROM row`;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lead-inbox-mark-"));
  await openDesk();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await stage.close();
});
beforeEach(async () => {
  await clearDesk();
  await look();
  if ((await sending()).pausedAt !== null) await resumeSending(await manager());
});

describe("a database restored from a dump", () => {
  test("sends nothing again, not even before anybody has looked", async () => {
    const ref = await lead();
    const ids = [await queue(ref, { text: "one" }), await queue(ref, { text: "two" })];
    await restoreDump();
    expect(await send()).toBe(false);
    const { epoch } = await sending();
    expect(await look()).toEqual(["rewritten"]);
    expect(await sending()).toMatchObject({ epoch: epoch + 1, pausedWhy: "restored", pausedAt: expect.any(Date) });
    await settleOldReplies();
    for (const id of ids) expect(await reply(id)).toMatchObject({ state: "unknown", stateReason: "before_restore" });
    const held = await findHeldReplies(viewer);
    expect(held.map(({ ref: lead }) => lead)).toEqual([formatLeadRef(ref), formatLeadRef(ref)]);
    expect(await findHeldReplies(await newViewer({ pageIds: ["1"] }))).toEqual([]);
    expect(await getSending(viewer)).toMatchObject({ why: "restored", signs: ["rewritten"], waiting: 0, held: 2 });

    expect(await resumeSending(await manager())).toBe("resumed");
    expect(await send()).toBe(false);
    for (const id of ids) expect(await accepted(id)).toEqual([]);
    // A person who looked says so, and may then write it anew.
    expect(await settleUnknown(ref, { replyId: ids[0] ?? "", hasArrived: false }, viewer)).toBe("settled");
    const again = await queue(ref, { text: "one" });
    expect(await send()).toBe(true);
    expect(await accepted(again)).toHaveLength(1);
  });

  test("two workers that look at once find it once", async () => {
    await restoreDump();
    const { epoch } = await sending();
    const found = await Promise.all([look(), look(), look()]);
    expect(found.filter((signs) => signs.length > 0)).toEqual([["rewritten"]]);
    expect(await sending()).toMatchObject({ epoch: epoch + 1 });
    expect(await look()).toEqual([]);
  });

  test("takes what is written from then on, says that it waits, and sends it once after the resume", async () => {
    await restoreDump();
    await look();
    const ref = await lead();
    const id = await queue(ref);
    expect(await send()).toBe(false);
    await holdReplies.step();
    expect((await pageOf(ref)).thread.messages.at(-1)?.reply).toMatchObject({
      state: "queued",
      reason: "sending_paused",
    });
    expect(await settleOldReplies()).toEqual([]);
    expect(await resumeSending(await manager())).toBe("resumed");
    expect(await Promise.all([send(), send(), send()])).toContain(true);
    await stage.settle();
    expect(await reply(id)).toMatchObject({ state: "sent", stateReason: null });
    expect(await accepted(id)).toHaveLength(1);
  });
});

describe("each sign of a restore pauses sending", () => {
  const signOf = async (name: "system" | "timeline" | "database" | "folder") => {
    const { place } = await sending();
    const changed = JSON.stringify({ ...Object(place), [name]: "another" });
    await prisma.$executeRaw`
      UPDATE sending SET place = ${changed}::jsonb, "writtenBy" = pg_current_xact_id()::xid::text WHERE id = 1`;
    return look();
  };
  test.each(["system", "timeline", "database"] as const)("another %s", async (name) => {
    await queue(await lead());
    expect(await signOf(name)).toEqual([name]);
    expect(await send()).toBe(false);
  });

  test("a file of the embedded server's that was made anew", async () => {
    const cluster = join(folder, "postgres");
    mkdirSync(cluster);
    const file = join(cluster, "PG_VERSION");
    writeFileSync(file, "18\n");
    expect(await look()).toEqual([]);
    copyFileSync(file, `${file}.archive`);
    rmSync(file);
    copyFileSync(`${file}.archive`, file);
    expect(await look()).toEqual(["folder"]);
    rmSync(cluster, { recursive: true });
    expect(await look()).toEqual([]);
  });

  test("a mark outside that is ahead of the database", async () => {
    const file = join(folder, "sending.json");
    const before = JSON.parse(readFileSync(file, "utf8"));
    await look();
    await prisma.sendingMark.update({ where: { id: before.id }, data: { count: before.count } });
    expect(await look()).toEqual(["mark"]);
    expect(await look()).toEqual([]);
    // Also the mark of a worker that was counted after the backup, and is not in it at all.
    await prisma.sendingMark.deleteMany();
    expect(await look()).toEqual(["mark"]);
  });

  test("a row that somebody deleted", async () => {
    await prisma.$executeRaw`DELETE FROM sending`;
    expect(await look()).toEqual(["rewritten"]);
    expect(await sending()).toMatchObject({ pausedWhy: "restored" });
  });

  test("a server that was started anew is looked at before anything leaves", async () => {
    const id = await queue(await lead());
    await prisma.$executeRaw`
      UPDATE sending SET server = 'an earlier start', "writtenBy" = pg_current_xact_id()::xid::text WHERE id = 1`;
    expect(await send()).toBe(false);
    // Not asked to be thorough, it sees by itself that it has to be.
    expect(await lookAtSending(folder)).toEqual([]);
    expect(await send()).toBe(true);
    expect(await accepted(id)).toHaveLength(1);
  });
});

describe("what was restored", () => {
  test("greets nobody a second time: only leads from then on", async () => {
    await prisma.ad.updateMany({ where: { adId: ads.roof }, data: { autoReply: "Thank you!" } });
    await lookAtSending(folder, { isSaid: true });
    await prisma.$executeRaw`
      UPDATE sending SET "restoredAt" = ${ago(0.5)}, "writtenBy" = pg_current_xact_id()::xid::text WHERE id = 1`;
    const before = await lead(ads.roof, "complete", ago(0.7));
    expect(await prisma.reply.count({ where: { psid: before.psid } })).toBe(0);
    const since = await lead(ads.roof, "complete", ago(0.1));
    expect(await prisma.reply.findMany({ where: { psid: since.psid } })).toMatchObject([{ authorId: null }]);
    await prisma.ad.updateMany({ data: { autoReply: null } });
  });

  test("is settled by Meta's history where that shows it", async () => {
    const ref = await lead();
    const id = await queue(ref, { text: "Sent after the backup" });
    const [{ createdAt }, { psid }] = [await reply(id), ref];
    await lookAtSending(folder, { isSaid: true });
    await settleOldReplies();
    const sentAt = new Date(createdAt.getTime() + 1);
    const message = {
      ...{ pageId: ref.pageId, psid },
      mid: `m_${id}`,
      direction: "out",
      text: "Sent after the backup",
    };
    await prisma.message.create({ data: { ...message, sentAt, receivedAt: new Date() } });
    await prisma.$transaction((tx) => settleByHistory(tx, ref));
    expect(await reply(id)).toMatchObject({ state: "sent", mid: `m_${id}` });
  });

  test("runs no thread action of before, and those asked for since then even while sending is paused", async () => {
    const ref = await lead();
    const ask = { kind: "pass_page_inbox", targetAppId: null, seconds: null } as const;
    expect(await askControl(ref, { ...ask, intentId: randomUUID() }, viewer)).toBe("queued");
    await lookAtSending(folder, { isSaid: true });
    expect(await controlThreads.step()).toBe(false);
    await settleOldReplies();
    const of = { where: { psid: ref.psid }, orderBy: { createdAt: "asc" } } as const;
    expect(await prisma.controlAction.findMany(of)).toMatchObject([{ state: "failed", stateReason: "before_restore" }]);
    expect(await askControl(ref, { ...ask, intentId: randomUUID() }, viewer)).toBe("queued");
    expect(await controlThreads.step()).toBe(true);
    expect(await prisma.controlAction.findMany(of)).toMatchObject([{ state: "failed" }, { state: "done" }]);
  });
});
