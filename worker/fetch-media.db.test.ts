import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { delivery } from "#lib/inbound/item-samples.ts";
import { ads, deliver, openStage, type Played, type Stage } from "#lib/inbound/testing.ts";
import { getLead } from "#lib/leads/get-lead.ts";
import { hasThread, type ThreadedLead } from "#lib/leads/lead-page.ts";
import { getMedia } from "#lib/media/get-media.ts";
import { newViewer } from "../prisma/factories.ts";
import { fetchFiles } from "./fetch-media.ts";
import { fetchProfiles } from "./fetch-profiles.ts";
import { refreshThreads } from "./refresh-threads.ts";

const folder = mkdtempSync(join(tmpdir(), "lead-inbox-media-"));
process.env.DATA_DIR = folder;

let stage: Stage;
let viewer: Viewer;
beforeAll(async () => {
  stage = await openStage();
  viewer = await newViewer({ name: "Ada" });
});
afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});

async function all(step: () => Promise<boolean>): Promise<void> {
  while (await step());
}

async function pageOf({ pageId, psid }: Played): Promise<ThreadedLead> {
  const { id } = await prisma.lead.findFirstOrThrow({ where: { pageId, psid } });
  const page = await getLead({ pageId, id }, viewer);
  if (page === null || "alias" in page || !hasThread(page)) throw new Error("The lead must be there.");
  return page;
}

async function filesOf(person: Played) {
  const { thread } = await pageOf(person);
  return thread.messages.flatMap(({ attachments }) => attachments);
}

const play = async () => {
  const person = await stage.play(ads.roof, "complete");
  await stage.settle();
  return person;
};

async function writes(person: Played, ...kinds: string[]): Promise<void> {
  await stage.control("messages", { pageId: person.pageId, psid: person.psid, attachments: kinds });
  await stage.settle();
}

const fileIn = (pageId: string, id: string) => join(folder, "media", pageId, id.slice(-2), id);

test("pictures and files of a message are fetched, kept and shown from our own address", async () => {
  const person = await play();
  await writes(person, "image", "file", "location");
  expect((await filesOf(person)).map(({ fileState }) => fileState)).toEqual(["waiting", "waiting", undefined]);
  await all(fetchFiles.step);

  const [picture, file] = await filesOf(person);
  expect(picture).toMatchObject({ fileState: "kept", file: { contentType: expect.stringMatching(/^image\//) } });
  expect(picture?.file?.href).toMatch(/^\/api\/media\/\d+\/[0-9a-f-]{36}$/);
  expect(file).toMatchObject({ fileState: "kept" });
  const kept = await getMedia(person.pageId, picture?.file?.href.split("/").at(-1) ?? "", viewer);
  expect(kept?.bytes.byteLength).toBeGreaterThan(50);
});

test("whoever may not see the page gets no file of it", async () => {
  const { pageId, id } = await prisma.media.findFirstOrThrow({ where: { state: "kept" } });
  const stranger = await newViewer({ pageIds: ["1"] });
  expect(await getMedia(pageId, id, stranger)).toBeNull();
});

test("the same message twice is one file", async () => {
  const person = await play();
  await stage.control("delivery", { repeat: 2 });
  await writes(person, "image");
  await stage.control("delivery", { repeat: 0 });
  expect(
    await prisma.media.count({ where: { pageId: person.pageId, psid: person.psid, owner: { startsWith: "message" } } }),
  ).toBe(1);
});

test("a message that is taken back takes its file along", async () => {
  const person = await play();
  await writes(person, "image");
  await all(fetchFiles.step);
  const where = { pageId: person.pageId, psid: person.psid, owner: { startsWith: "message" } };
  const { pageId, id, owner } = await prisma.media.findFirstOrThrow({ where });
  expect(existsSync(fileIn(pageId, id))).toBe(true);

  // Meta tells of this on Instagram alone.
  const message = { mid: owner.replace("message:0:", ""), is_deleted: true };
  const item = { sender: { id: person.psid }, recipient: { id: pageId }, timestamp: Date.now(), message };
  await deliver(delivery(pageId, item));
  await all(fetchFiles.step);
  expect(existsSync(fileIn(pageId, id))).toBe(false);
  expect(await getMedia(pageId, id, viewer)).toBeNull();
  expect(await prisma.media.findFirstOrThrow({ where })).toMatchObject({ state: "gone", sourceUrl: null });
});

test("nothing is fetched of a message whose deletion came before it", async () => {
  const { pageId, psid } = await play();
  const parties = { sender: { id: psid }, recipient: { id: pageId }, timestamp: Date.now() };
  const url = `${process.env.META_GRAPH_URL}/files/a.png`;
  await deliver(delivery(pageId, { ...parties, message: { mid: "m_gone", is_deleted: true } }));
  const message = { mid: "m_gone", attachments: [{ type: "image", payload: { url } }] };
  await deliver(delivery(pageId, { ...parties, message }));
  await stage.settle();
  expect(await prisma.media.count({ where: { pageId, owner: "message:0:m_gone" } })).toBe(0);
});

test("an address that ended says so, and is not asked for again", async () => {
  const person = await play();
  await stage.control("faults", { mediaGone: true });
  await writes(person, "image");
  await all(fetchFiles.step);
  await stage.control("faults", { clear: true });
  expect(await filesOf(person)).toMatchObject([{ fileState: "gone" }]);
  expect(await fetchFiles.step()).toBe(false);
});

test("what Meta does not host is never asked for", async () => {
  const person = await play();
  await writes(person, "image");
  await prisma.media.updateMany({
    where: { fetchDueAt: { not: null } },
    data: { sourceUrl: "https://evil.example/a.png" },
  });
  await all(fetchFiles.step);
  expect(await filesOf(person)).toMatchObject([{ fileState: "failed" }]);
});

test("a person's picture and the ad's stand on the lead's page", async () => {
  const person = await play();
  await all(fetchProfiles.step);
  await all(fetchFiles.step);
  const page = await pageOf(person);
  expect(page.person).toMatchObject({ pictureHref: expect.stringMatching(/^\/api\/media\//) });
  expect(page.adCard).toMatchObject({ photoHref: expect.stringMatching(/^\/api\/media\//) });
});

test("where Meta shows no profile, the conversation still names the person", async () => {
  await fetch(`${process.env.META_GRAPH_URL}/control/pages/104411223344556`, {
    method: "PATCH",
    body: JSON.stringify({ profileAllowed: false }),
  });
  const person = await play();
  await all(fetchProfiles.step);
  // The page's turns to read are a second apart.
  await prisma.thread.updateMany({ where: { psid: { not: person.psid } }, data: { refreshDueAt: null } });
  await prisma.pageHealth.updateMany({ data: { leaseUntil: null } });
  expect(await refreshThreads.step()).toBe(true);
  await stage.settle();
  const { pageId, psid } = person;
  const named = await prisma.person.findUniqueOrThrow({ where: { pageId_psid: { pageId, psid } } });
  expect(named).toMatchObject({ nameSource: "conversation", profileRetryAt: null });
  expect(named.fullName).not.toBeNull();
});
