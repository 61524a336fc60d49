import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { ads, ago, deliver, type Ending, KITCHEN, openStage, SOLAR, type Stage } from "#lib/inbound/testing.ts";
import { askControl } from "#lib/leads/ask-control.ts";
import { followUp } from "#lib/leads/follow-up.ts";
import { getLead } from "#lib/leads/get-lead.ts";
import { hasThread } from "#lib/leads/lead-page.ts";
import type { ControlActionKind } from "#lib/threads/control-actions.ts";
import { newViewer, threaded } from "../prisma/factories.ts";
import { controlThreads } from "./control-threads.ts";
import { sendReplies } from "./send-replies.ts";

let stage: Stage;
let viewer: Viewer;
beforeAll(async () => {
  stage = await openStage();
  viewer = await newViewer({ name: "Ada" });
});
beforeEach(async () => {
  await prisma.controlAction.deleteMany();
  await prisma.pageTrouble.deleteMany();
});
afterAll(() => stage.close());

type Lead = { pageId: string; id: string; psid: string };

async function lead(adId: string, ending: Ending = "complete"): Promise<Lead> {
  const { pageId, psid } = await stage.play(adId, ending, { endedAt: ago(1) });
  await stage.settle();
  const where = { pageId, psid };
  return threaded(await prisma.lead.findFirstOrThrow({ where, select: { pageId: true, id: true, psid: true } }));
}

const pageOf = async (ref: Lead) => {
  const page = await getLead(ref, viewer);
  if (page === null || "alias" in page || !hasThread(page)) throw new Error("The lead must be there.");
  return page;
};

async function others(ref: Lead, who: "inbox" | "other-app", action: string): Promise<void> {
  await stage.control(who, { pageId: ref.pageId, psid: ref.psid, action });
  await stage.settle();
}

const wish = (kind: ControlActionKind, intentId: string = randomUUID()) => {
  const seconds = kind === "extend" ? 7 * 24 * 60 * 60 : null;
  return { kind, targetAppId: kind === "pass_app" ? OTHER_APP : null, seconds, intentId };
};

/** Asks, lets the worker speak to Meta, and says how it went before any webhook came. */
async function ask(ref: Lead, kind: ControlActionKind) {
  expect(await askControl(ref, wish(kind), viewer)).toBe("queued");
  expect(await pageOf(ref)).toMatchObject({ thread: { actions: [{ kind, state: "queued", authorName: "Ada" }] } });
  expect(await controlThreads.step()).toBe(true);
  expect(await controlThreads.step()).toBe(false);
  const { thread, control } = await pageOf(ref);
  const [newest] = thread.actions;
  const { errorCode, errorSubcode } = await prisma.controlAction.findFirstOrThrow({ where: { id: newest?.id ?? "" } });
  await prisma.controlAction.deleteMany();
  return { state: newest?.state, reason: newest?.reason, errorCode, errorSubcode, control };
}

/** What Meta itself holds to be true. */
async function ownerAtMeta(ref: Lead): Promise<string | null> {
  const { control } = await stage.control(`threads/${ref.pageId}/${ref.psid}`);
  return z.object({ appId: z.string().nullable() }).parse(control).appId;
}

async function controlAfterWebhooks(ref: Lead): Promise<string | null> {
  await stage.settle();
  return (await pageOf(ref)).control;
}

/** What the people of the page choose in Meta's settings. */
async function changePage(wanted: object): Promise<void> {
  const url = `${process.env.META_GRAPH_URL ?? ""}/control/pages/${SOLAR}`;
  expect((await fetch(url, { method: "PATCH", body: JSON.stringify(wanted) })).ok).toBe(true);
}

/** What we know of the page's routing. */
const believe = (routing: "configured" | "none") =>
  prisma.pageHealth.upsert({ where: { pageId: SOLAR }, create: { pageId: SOLAR, routing }, update: { routing } });

const OURS = "1122334455667788";
const INBOX = "263902037430900";
const OTHER_APP = "2233445566778899";

test("with routing: taken from the Page Inbox, given back, and released", async () => {
  const ref = await lead(ads.roof);
  await others(ref, "inbox", "take");
  expect((await pageOf(ref)).control).toBe("page_inbox");

  expect(await ask(ref, "take")).toMatchObject({ state: "done", reason: null, control: "ours" });
  expect(await ownerAtMeta(ref)).toBe(OURS);
  expect(await controlAfterWebhooks(ref)).toBe("ours");

  expect(await ask(ref, "pass_page_inbox")).toMatchObject({ state: "done", control: "page_inbox" });
  expect(await ownerAtMeta(ref)).toBe(INBOX);
  expect(await controlAfterWebhooks(ref)).toBe("page_inbox");

  await others(ref, "inbox", "pass");
  expect(await ask(ref, "release")).toMatchObject({ state: "done", control: "idle" });
  expect(await ownerAtMeta(ref)).toBeNull();
  expect(await controlAfterWebhooks(ref)).toBe("idle");

  expect(await ask(ref, "take")).toMatchObject({ state: "done", control: "ours" });
});

test("with routing: taken from another app, and what the person writes then comes to us", async () => {
  const ref = await lead(ads.roof);
  await others(ref, "other-app", "take");
  expect(await pageOf(ref)).toMatchObject({ control: "other_app" });
  expect(await ask(ref, "take")).toMatchObject({ state: "done", control: "ours" });
  await stage.control("messages", { pageId: ref.pageId, psid: ref.psid, text: "Hello?" });
  expect(await controlAfterWebhooks(ref)).toBe("ours");
});

test("with routing: a request is refused in words, and taking is offered from then on", async () => {
  const ref = await lead(ads.roof);
  await others(ref, "inbox", "take");
  await believe("none");
  const refused = { state: "failed", reason: "request_not_possible", errorCode: 10, control: "page_inbox" };
  expect(await ask(ref, "request")).toMatchObject(refused);
  expect(await ask(ref, "take")).toMatchObject({ state: "done", control: "ours" });
});

test("with routing: where the page forbids taking, that is remembered until it works", async () => {
  const ref = await lead(ads.roof);
  await others(ref, "inbox", "take");
  await believe("configured");
  await changePage({ takeAllowed: false });
  expect(await ask(ref, "take")).toMatchObject({ state: "failed", reason: "take_forbidden", control: "page_inbox" });
  const { thread } = await pageOf(await lead(ads.roof));
  expect(thread.controlTerms).toMatchObject({ routing: "configured", isTakeRefused: true });

  await changePage({ takeAllowed: true });
  expect(await ask(ref, "take")).toMatchObject({ state: "done", control: "ours" });
  expect((await pageOf(ref)).thread.controlTerms.isTakeRefused).toBe(false);
});

test("taking during the questions ends them, where the ad lets our app interrupt", async () => {
  const { psid } = await stage.control("flows/start", { adId: ads.battery });
  const person = { pageId: SOLAR, psid: String(psid) };
  await stage.control("flows/answer", { ...person, choice: 0 });
  await stage.settle();
  const ref = threaded(await prisma.lead.findFirstOrThrow({ where: person }));
  expect(await ask(ref, "take")).toMatchObject({ state: "done", control: "ours" });
  expect(await controlAfterWebhooks(ref)).toBe("ours");
  expect(await pageOf(ref)).toMatchObject({ status: "incomplete", reason: "interrupted" });
});

test("taking during the questions is refused in words, where the ad does not", async () => {
  const ref = await lead(ads.roof);
  await stage.control("flows/start", { adId: ads.roof, psid: ref.psid });
  await stage.control("flows/answer", { pageId: ref.pageId, psid: ref.psid, choice: 0 });
  // Nothing is heard of these questions; a refused reply tells that they run.
  await followUp(ref, { intentId: randomUUID(), text: "Hello!", seenMid: null }, viewer);
  await prisma.reply.updateMany({ data: { sendAfter: new Date(0) } });
  await sendReplies.step();
  expect((await pageOf(ref)).control).toBe("leadgen");
  expect(await ask(ref, "take")).toMatchObject({ state: "failed", reason: "questionsRunning", errorSubcode: 2018321 });
  await stage.settle();
});

test("without routing: a refused take becomes a request, granted once the Page Inbox hands over", async () => {
  const ref = await lead(ads.dream);
  await others(ref, "inbox", "reply");
  expect(await askControl(ref, wish("take"), viewer)).toBe("queued");
  while (await controlThreads.step());
  const { thread } = await pageOf(ref);
  expect(thread.actions).toMatchObject([
    { kind: "request", state: "done", authorName: "Ada" },
    { kind: "take", state: "failed", reason: "take_not_possible" },
  ]);
  expect(thread.control.state).toBe("page_inbox");
  expect(thread.controlTerms.routing).toBe("none");
  await others(ref, "inbox", "grant");
  expect((await pageOf(ref)).control).toBe("ours");
});

test("without routing: a thread is released, and passed while idle", async () => {
  const ref = await lead(ads.dream);
  expect(await ask(ref, "release")).toMatchObject({ state: "done", control: "idle" });
  expect(await ask(ref, "pass_page_inbox")).toMatchObject({ state: "done", control: "page_inbox" });
  expect(await ownerAtMeta(ref)).toBe(INBOX);
});

test("what the state does not offer is not asked of Meta", async () => {
  const ref = await lead(ads.roof);
  for (const kind of ["take", "request"] as const) {
    expect(await askControl(ref, wish(kind), viewer)).toBe("not-offered");
  }
  expect(await controlThreads.step()).toBe(false);
});

test("a lead of another page is not there", async () => {
  const stranger = await newViewer({ pageIds: [KITCHEN] });
  expect(await askControl(await lead(ads.roof), wish("release"), stranger)).toBe("not-found");
});

test("the same press twice is one action, told once", async () => {
  const ref = await lead(ads.roof);
  const intentId = randomUUID();
  const outcomes = await Promise.all([1, 2].map(() => askControl(ref, wish("release", intentId), viewer)));
  expect([...outcomes, await askControl(ref, wish("release", intentId), viewer)]).toEqual([
    "queued",
    "queued",
    "queued",
  ]);
  const { activity, thread } = await pageOf(ref);
  expect(thread.actions).toHaveLength(1);
  expect(activity.filter(({ kind }) => kind === "control_asked")).toHaveLength(1);
});

test("of two colleagues who press at once one asks Meta, and the other is told", async () => {
  const ref = await lead(ads.roof);
  await others(ref, "inbox", "take");
  const ben = await newViewer({ name: "Ben" });
  const outcomes = await Promise.all([viewer, ben].map((agent) => askControl(ref, wish("take"), agent)));
  expect(outcomes.toSorted()).toEqual(["pending", "queued"]);
  expect((await pageOf(ref)).thread.actions).toHaveLength(1);
  expect(await controlThreads.step()).toBe(true);
  expect(await askControl(ref, wish("take"), ben)).toBe("not-offered");
});

test("keeping control lasts as long as was asked for, and the history says who did what", async () => {
  const ref = await lead(ads.roof);
  expect(await askControl(ref, wish("extend"), viewer)).toBe("queued");
  while (await controlThreads.step());
  const { thread } = await pageOf(ref);
  const week = 7 * 24 * 60 * 60 * 1000;
  expect(thread.actions).toMatchObject([{ kind: "extend", state: "done" }]);
  const until = new Date((thread.actions[0]?.settledAt?.getTime() ?? 0) + week);
  expect(thread.control.expiresAt).toEqual(until);
  expect(thread.controlEvents.at(-1)).toMatchObject({
    what: "acted",
    action: "extend",
    by: "Ada",
    until,
  });
});

test("what leaves the owner open makes the worker ask Meta", async () => {
  const ref = await lead(ads.roof);
  await prisma.thread.updateMany({ data: { refreshDueAt: null } });
  const taken = { previous_owner_app_id: OURS, metadata: "" };
  const item = {
    sender: { id: ref.psid },
    recipient: { id: SOLAR },
    timestamp: Date.now(),
    take_thread_control: taken,
  };
  await deliver({ object: "page", entry: [{ id: SOLAR, time: Date.now(), messaging: [item] }] });
  const { refreshDueAt, control } = await prisma.thread.findFirstOrThrow({ where: { psid: ref.psid } });
  expect(control).toBe("unknown");
  expect(refreshDueAt).not.toBeNull();
});

test("a dead token fails the action in words", async () => {
  const ref = await lead(ads.roof);
  await stage.control("faults", { revokeToken: SOLAR });
  const outcome = await ask(ref, "release");
  await stage.control("faults", { restoreToken: SOLAR });
  expect(outcome).toMatchObject({ state: "failed", reason: "passwordChanged", errorCode: 190, control: "ours" });
});

test("what a dead worker left behind is taken up again", async () => {
  const ref = await lead(ads.roof);
  expect(await askControl(ref, wish("release"), viewer)).toBe("queued");
  await prisma.controlAction.updateMany({ data: { state: "running", leaseUntil: ago(1), leaseNumber: 1 } });
  expect(await controlThreads.step()).toBe(true);
  expect((await pageOf(ref)).control).toBe("idle");
});
