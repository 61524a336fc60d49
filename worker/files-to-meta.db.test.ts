import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { SOLAR } from "#lib/inbound/testing.ts";
import { followUp } from "#lib/leads/follow-up.ts";
import { getMedia } from "#lib/media/get-media.ts";
import { keepUpload } from "#lib/media/keep-upload.ts";
import { newViewer } from "../prisma/factories.ts";
import { accepted, clearDesk, due, lead, openDesk, pageOf, reply, send, stage, viewer, wish } from "./testing.ts";
import { uploadFiles } from "./upload-files.ts";

const folder = mkdtempSync(join(tmpdir(), "lead-inbox-files-"));

beforeAll(() => {
  process.env.DATA_DIR = folder;
  return openDesk();
});
afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await clearDesk();
  await prisma.media.deleteMany();
});

/** One white pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);
const pdf = Buffer.from("%PDF-1.4\n%âãÏÓ\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

async function upload(bytes: Uint8Array = png, name = "roof.png", who = viewer): Promise<string> {
  const outcome = await keepUpload(SOLAR, { bytes, name }, who);
  if (outcome.outcome !== "kept") throw new Error(JSON.stringify(outcome));
  return outcome.file.id;
}

async function queueFiles(
  mediaIds: string[],
  text = "",
): Promise<{ ref: Awaited<ReturnType<typeof lead>>; id: string }> {
  const ref = await lead();
  const outcome = await followUp(ref, { ...wish({ text }), mediaIds }, viewer);
  if (outcome.outcome !== "queued") throw new Error(JSON.stringify(outcome));
  await due();
  return { ref, id: outcome.replyId };
}

const uploaded = async () => {
  while (await uploadFiles.step());
};
const rows = () => prisma.reply.findMany({ orderBy: { part: "asc" } });

describe("a file an agent attaches", () => {
  test("is kept byte for byte, by what it is and not by its name, for those who see its page", async () => {
    const id = await upload(png, "../not-a-picture.exe");
    const row = await prisma.media.findFirstOrThrow({ where: { id } });
    expect(row).toMatchObject({ contentType: "image/png", fileName: "not-a-picture.exe", bytes: png.length });
    expect(Buffer.from(row.sha256 ?? []).equals(createHash("sha256").update(png).digest())).toBe(true);
    expect(await getMedia(SOLAR, id, viewer)).toMatchObject({ bytes: new Uint8Array(png) });
    expect(await getMedia(SOLAR, id, await newViewer({ pageIds: ["1"] }))).toBeNull();
    expect(await keepUpload(SOLAR, { bytes: png, name: "a" }, await newViewer({ pageIds: ["1"] }))).toEqual({
      outcome: "not-found",
    });
  });

  test.each([
    ["file_empty", new Uint8Array()],
    ["file_refused", Buffer.from("MZ\u0090\u0000 a program, whatever its name says".padEnd(400), "latin1")],
  ])("%s is refused before it is kept", async (why, bytes) => {
    expect(await keepUpload(SOLAR, { bytes, name: "offer.pdf" }, viewer)).toEqual({ outcome: "refused", why });
    expect(await prisma.media.count()).toBe(0);
  });

  test("goes to Meta first, and to the person by the id Meta gave, once", async () => {
    const { ref, id } = await queueFiles([await upload()]);
    expect(await send()).toBe(false);
    await uploaded();
    await send();
    expect(await reply(id)).toMatchObject({ state: "sent", attempt: 1 });
    expect(await accepted(id)).toHaveLength(1);
    await stage.settle();
    const { messages } = (await pageOf(ref)).thread;
    expect(messages.filter(({ from }) => from === "agent")).toMatchObject([
      {
        text: null,
        attachments: [
          {
            type: "image",
            title: "roof.png",
            file: { href: expect.stringMatching(/^\/api\/media\//), contentType: "image/png" },
          },
        ],
      },
    ]);
  });

  test("follows the text it was sent with, each file a message of its own", async () => {
    const files = [await upload(), await upload(pdf, "offer.pdf")];
    const { id } = await queueFiles(files, "Here is our offer.");
    await uploaded();
    while (await send());
    expect((await rows()).map(({ text, mediaId, state }) => [text, mediaId, state])).toEqual([
      ["Here is our offer.", null, "sent"],
      ["", files[0], "sent"],
      ["", files[1], "sent"],
    ]);
    expect((await rows())[0]?.id).toBe(id);
  });

  test("sent again needs no second upload", async () => {
    const file = await upload();
    await queueFiles([file]);
    await uploaded();
    const { attachmentId } = await prisma.media.findFirstOrThrow({ where: { id: file } });
    await send();
    const { id } = await queueFiles([file]);
    expect(await uploadFiles.step()).toBe(false);
    await send();
    expect(await reply(id)).toMatchObject({ state: "sent" });
    expect(await prisma.media.findFirstOrThrow({ where: { id: file } })).toMatchObject({ attachmentId });
  });

  test("whose id has ended at Meta is uploaded once more, and only once", async () => {
    const file = await upload();
    const { id } = await queueFiles([file]);
    await uploaded();
    const forget = () => prisma.media.updateMany({ where: { id: file }, data: { attachmentId: "6000000000000000" } });
    await forget();
    await send();
    expect(await reply(id)).toMatchObject({ state: "queued", errorSubcode: 2018074 });
    await uploaded();
    await forget();
    await send();
    expect(await reply(id)).toMatchObject({ state: "failed", stateReason: "fileRejected" });

    const again = await queueFiles([file]);
    await forget();
    await send();
    await uploaded();
    await send();
    expect(await reply(again.id)).toMatchObject({ state: "sent", attempt: 2 });
    expect(await accepted(again.id)).toHaveLength(1);
  });

  test("that is no longer in the store fails with its reason", async () => {
    const { id } = await queueFiles([await upload()]);
    for (const path of readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })) {
      if (path.isFile()) unlinkSync(join(path.parentPath, path.name));
    }
    await uploaded();
    expect(await reply(id)).toMatchObject({ state: "failed", stateReason: "file_gone" });
  });

  test("of somebody else cannot be sent", async () => {
    const file = await upload(png, "roof.png", await newViewer({ name: "Bob" }));
    const outcome = await followUp(await lead(), { ...wish({ text: "" }), mediaIds: [file] }, viewer);
    expect(outcome).toEqual({ outcome: "refused", why: "file_gone" });
  });
});

test("a reply quotes a message of its thread, and no other", async () => {
  const ref = await lead();
  await stage.control("messages", { pageId: ref.pageId, psid: ref.psid, text: "How much is it?" });
  await stage.settle();
  const asked = await prisma.message.findFirstOrThrow({ where: { psid: ref.psid, text: "How much is it?" } });
  const outcome = await followUp(ref, { ...wish(), replyToMid: asked.mid }, viewer);
  if (outcome.outcome !== "queued") throw new Error(JSON.stringify(outcome));
  await due();
  await send();
  await stage.settle();
  const sent = await prisma.message.findFirstOrThrow({ where: { replyId: outcome.replyId } });
  expect(sent.replyToMid).toBe(asked.mid);

  const stranger = await followUp(await lead(), { ...wish(), replyToMid: asked.mid }, viewer);
  if (stranger.outcome !== "queued") throw new Error(JSON.stringify(stranger));
  expect(await reply(stranger.replyId)).toMatchObject({ replyToMid: null });
});

test("where the page asks for it each agent writes under their own name, made once", async () => {
  await prisma.page.update({ where: { id: SOLAR }, data: { usesPersonas: true } });
  const ref = await lead();
  for (const text of ["Hello!", "And again."]) {
    const outcome = await followUp(ref, wish({ text }), viewer);
    if (outcome.outcome !== "queued") throw new Error(JSON.stringify(outcome));
    await due();
    await send();
  }
  const persona = await prisma.persona.findFirstOrThrow();
  expect(persona).toMatchObject({ pageId: SOLAR, userId: viewer.agentId, name: "Ada" });
  expect((await rows()).map(({ state, personaId }) => [state, personaId])).toEqual([
    ["sent", persona.personaId],
    ["sent", persona.personaId],
  ]);
  await prisma.page.update({ where: { id: SOLAR }, data: { usesPersonas: false } });
});
