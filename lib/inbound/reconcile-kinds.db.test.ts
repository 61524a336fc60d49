import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { prisma } from "#lib/db.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { newViewer } from "../../prisma/factories.ts";
import { applyDeliveries } from "./apply-deliveries.ts";
import {
  type BadMeta,
  expectBack,
  playGap,
  reconcileSince,
  rested,
  standBefore,
  untilReconciled,
} from "./history-testing.ts";
import { keepHistory } from "./keep-history.ts";
import { noteOpenDoor } from "./note-open-door.ts";
import { refreshThread } from "./refresh-thread.ts";
import { ads, ago, newThread, openStage, SOLAR as pageId, type Stage } from "./testing.ts";

const INSTAGRAM = "17841400099887766";

let stage: Stage;
let meta: BadMeta;
beforeAll(async () => {
  stage = await openStage(async (address) => {
    meta = await standBefore(address);
    return meta.url;
  });
  await stage.control("faults", { conversationBurst: 0 });
});
afterAll(async () => {
  meta.close();
  await stage.close();
});

const person = z.object({ psid: z.string() });
const isList = (path: string) => path.includes("/conversations") && !path.includes("user_id=");
const texts = async (psid: string) =>
  (await prisma.message.findMany({ where: { psid }, orderBy: { sentAt: "asc" } })).map(({ text }) => text);
const story = () => prisma.pageHistory.findFirst({ where: { pageId, kind: "reconciled" }, orderBy: { id: "desc" } });

/** Messages of which no webhook tells. */
async function missed(psid: string, ...said: string[]): Promise<void> {
  await stage.control("faults", { drop: true });
  for (const text of said) await stage.control("messages", { pageId, psid, text });
  await stage.control("faults", { drop: false });
}

test("where the list is refused known threads are read singly, strangers as soon as it no longer is, and that is told", async () => {
  const known = await stage.play(ads.battery, "complete", { endedAt: ago(3) });
  await stage.settle();
  const stranger = person.parse(await stage.control("people", { pageId }));
  await missed(known.psid, "Are you there?");
  await missed(stranger.psid, "Hello, I am new.");

  const since = ago(1);
  meta.trouble(({ path }) => (isList(path) ? "throttled" : null));
  await reconcileSince(pageId, since);
  expect(await texts(known.psid)).toContain("Are you there?");
  expect(await texts(stranger.psid)).toEqual([]);
  expect((await story())?.data).toMatchObject({ threads: 1, unlisted: 1, again: 1 });
  const health = await prisma.pageHealth.findUniqueOrThrow({ where: { pageId } });
  // Nothing is taken for read that was not, and messages to people did not have to wait.
  expect(health).toMatchObject({ reconciledAt: since, pausedUntil: null });
  expect(health.reconcileDueAt?.getTime()).toBeLessThan(Date.now() + 2 * 60 * 60 * 1000);

  meta.trouble(() => null);
  await prisma.pageHealth.updateMany({ where: { pageId }, data: { reconcileDueAt: new Date(0) } });
  await untilReconciled(pageId);
  expect(await texts(stranger.psid)).toEqual(["Hello, I am new."]);
  expect((await story())?.data).toMatchObject({ messages: 1, unlisted: 0, again: 0 });
}, 60_000);

test("a conversation that cannot be read does not hold up the others, and is tried again", async () => {
  const sick = person.parse(await stage.control("people", { pageId }));
  const well = person.parse(await stage.control("people", { pageId }));
  await missed(well.psid, "I am well.");
  await missed(sick.psid, "I am not.");
  const since = ago(1);
  meta.trouble(({ path }) => (path.includes(`/t_1${sick.psid}`) ? "odd" : null));
  await reconcileSince(pageId, since);
  expect([await texts(well.psid), await texts(sick.psid)]).toEqual([["I am well."], []]);
  expect((await story())?.data).toMatchObject({ unread: 1, again: 1 });

  meta.trouble(() => null);
  await prisma.pageHealth.updateMany({ where: { pageId }, data: { reconcileDueAt: new Date(0) } });
  await untilReconciled(pageId);
  expect(await texts(sick.psid)).toEqual(["I am not."]);
}, 60_000);

test("what moves up while we leaf through the list is not overlooked", async () => {
  const people: { psid: string }[] = [];
  for (let i = 0; i < 30; i += 1) people.push(person.parse(await stage.control("people", { pageId })));
  for (const { psid } of people) await missed(psid, "Missed.");
  let pages = 0;
  meta.trouble(async ({ path }) => {
    if (!isList(path)) return null;
    pages += 1;
    // The oldest of all has not been listed yet.
    if (pages === 2) await missed(people[0]?.psid ?? "", "Missed, too.");
    return null;
  });
  await reconcileSince(pageId, ago(1));
  expect(await texts(people[0]?.psid ?? "")).toEqual(["Missed.", "Missed, too."]);
  for (const { psid } of people) expect((await texts(psid))[0]).toBe("Missed.");
}, 60_000);

test("what Meta no longer shows is counted, also when something newer was heard", async () => {
  const { psid } = person.parse(await stage.control("people", { pageId }));
  await missed(psid, ...Array.from({ length: 26 }, (_, i) => `Missed ${i}`));
  await stage.control("messages", { pageId, psid, text: "Heard." });
  await stage.settle();
  meta.trouble(() => null);
  await reconcileSince(pageId, ago(1));
  expect((await texts(psid)).length).toBe(20);
  expect((await story())?.data).toMatchObject({ messages: 19, cutShort: 1, hidden: 7 });
});

test("an Instagram account's conversations are read through its page, and its own name is no person's", async () => {
  const token = `sandbox-page-token-${pageId}`;
  await connectPage({ id: INSTAGRAM, name: "solarsued", token, platform: "instagram", graphId: pageId });
  const { psid } = person.parse(await stage.control("people", { pageId, platform: "instagram" }));
  await missed(psid, "Hi from Instagram", "Do you deliver?");
  await reconcileSince(INSTAGRAM, ago(1));
  const messages = await prisma.message.findMany({ where: { psid }, orderBy: { sentAt: "asc" } });
  expect(messages).toMatchObject([
    { pageId: INSTAGRAM, text: "Hi from Instagram", direction: "in" },
    { pageId: INSTAGRAM, text: "Do you deliver?", direction: "in" },
  ]);
  expect(await prisma.lead.count({ where: { psid } })).toBe(0);
  expect(await prisma.thread.count({ where: { pageId: INSTAGRAM } })).toBe(1);
  expect(meta.calls.at(-1)?.path).not.toContain("custom_labels");
  await prisma.pageHealth.updateMany({ where: { pageId: INSTAGRAM }, data: { reconcileDueAt: null } });
});

test("a reply of unclear fate is settled by the one message with its words at its time, and by nothing less", async () => {
  const viewer = await newViewer({ name: "Ada" });
  const at = ago(1);
  const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);
  const settled = async (sent: readonly { text: string; seconds: number }[]) => {
    const thread = newThread();
    const said = sent.map(({ text, seconds }, i) => ({
      ...{ mid: `m_${thread.psid}_${i}`, at: later(seconds).toISOString(), fromId: pageId, text },
      ...{ attachments: [], replyToMid: null },
    }));
    const asked = { ...thread, platform: "page", askedAt: later(600).toISOString(), conversationId: "t_1" } as const;
    const hello = { ...said[0], mid: `m_${thread.psid}_in`, at: later(-60).toISOString(), fromId: thread.psid };
    await keepHistory({ ...asked, messages: [{ ...hello, text: "Hi", attachments: [], replyToMid: null }] });
    while (await applyDeliveries());
    const id = crypto.randomUUID();
    await prisma.reply.create({
      data: {
        ...{
          pageId,
          psid: thread.psid,
          id,
          authorId: viewer.agentId,
          intentId: crypto.randomUUID(),
          text: "We call you.",
        },
        ...{ state: "unknown", metadata: id, sendAfter: at, sendingAt: at },
      },
    });
    await keepHistory({ ...asked, askedAt: later(601).toISOString(), messages: said });
    while (await applyDeliveries());
    const { state, mid } = await prisma.reply.findFirstOrThrow({ where: { pageId, id } });
    const linked = await prisma.message.count({ where: { pageId, replyId: id } });
    return { state, mid: mid?.replace(thread.psid, "") ?? null, linked };
  };
  const text = "We call you.";
  expect(await settled([{ text, seconds: 2 }])).toEqual({ state: "sent", mid: "m__0", linked: 1 });
  const unsettled = { state: "unknown", mid: null, linked: 0 };
  expect(
    await settled([
      { text, seconds: 2 },
      { text, seconds: 9 },
    ]),
  ).toEqual(unsettled);
  expect(await settled([{ text: "We call you!", seconds: 2 }])).toEqual(unsettled);
  expect(await settled([{ text, seconds: 300 }])).toEqual(unsettled);
});

test("who holds a thread is asked for where nobody told", async () => {
  const { psid } = await stage.play(ads.battery, "complete", { endedAt: ago(2) });
  await stage.settle();
  const key = { pageId_psid: { pageId, psid } };
  await prisma.thread.updateMany({ where: { NOT: { psid } }, data: { refreshDueAt: null } });
  await prisma.controlFact.deleteMany({ where: { pageId, psid } });
  await prisma.thread.update({ where: key, data: { control: "unknown", refreshDueAt: new Date(0) } });
  await rested(pageId);
  expect(await refreshThread()).toBe(true);
  while (await applyDeliveries());
  expect(await prisma.thread.findUnique({ where: key })).toMatchObject({ control: "ours", refreshDueAt: null });
});

test("an outage: the door was closed for 20 minutes while the worker ran, and afterwards all of it is back", async () => {
  meta.trouble(() => null);
  const before = await prisma.lead.findMany({ where: { pageId }, select: { psid: true } });
  await noteOpenDoor();
  const gap = await playGap(stage, pageId, { events: 120, leads: 12 });
  await prisma.heartbeat.updateMany({ data: { at: ago(20 / 60) } });
  expect(await noteOpenDoor()).not.toBeNull();
  await prisma.pageHealth.updateMany({ where: { pageId: { not: pageId } }, data: { reconcileDueAt: null } });
  await untilReconciled(pageId);
  await expectBack(
    pageId,
    gap,
    before.flatMap(({ psid }) => psid ?? []),
  );
  const told = await prisma.pageHistory.findMany({ where: { pageId }, orderBy: { id: "desc" }, take: 2 });
  expect(told.map(({ kind }) => kind)).toEqual(["reconciled", "gap"]);
}, 60_000);
