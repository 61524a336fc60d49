import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { lockThread } from "#lib/threads/lock-thread.ts";
import { newViewer, threaded, writeLeads } from "../../prisma/factories.ts";
import { addNote } from "./add-note.ts";
import { claimLead } from "./claim-lead.ts";
import { followUp } from "./follow-up.ts";
import { joinLeads } from "./join-leads.ts";
import { saveDraft } from "./save-draft.ts";
import { setStage } from "./set-stage.ts";

const pageId = "104411223344556";
let viewer: Viewer;
beforeAll(async () => {
  await connectPage({ id: pageId, name: "Solar Süd", token: "t" });
  viewer = await newViewer({ name: "Ada" });
});

async function newLead(): Promise<{ pageId: string; id: string; psid: string }> {
  const [id = ""] = await writeLeads([{ pageId, at: new Date() }]);
  const { psid } = threaded(await prisma.lead.findUniqueOrThrow({ where: { pageId_id: { pageId, id } } }));
  await prisma.thread.update({
    where: { pageId_psid: { pageId, psid } },
    data: { lastActionAt: new Date(), lastOpener: "message" },
  });
  return { pageId, id, psid };
}

describe("while an event joins a lead into another", () => {
  test("what an agent does to it waits, and reaches the other", async () => {
    const survivor = await newLead();
    const joined = { ...survivor, id: newId() };
    const row = await prisma.lead.findUniqueOrThrow({ where: { pageId_id: { pageId, id: survivor.id } } });
    await prisma.lead.create({ data: { ...row, id: joined.id } });

    const waiters = async () => {
      const [found] = await prisma.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return found?.count;
    };
    const act = () =>
      Promise.all([
        addNote(joined, { text: "Called", intentId: randomUUID() }, viewer),
        claimLead(joined, viewer),
        saveDraft(joined, "Dear", viewer),
      ]);
    const acts: ReturnType<typeof act>[] = [];
    await prisma.$transaction(async (tx) => {
      await lockThread(tx, survivor);
      await joinLeads(tx, { pageId, id: survivor.id }, [joined.id]);
      acts.push(act());
      await vi.waitFor(async () => expect(await waiters()).toBe(3), 2_000);
    });
    expect(await acts[0]).toEqual(["added", "claimed", "saved"]);
    const where = { pageId, leadId: survivor.id };
    expect(await prisma.note.findMany({ where })).toMatchObject([{ text: "Called" }]);
    expect(await prisma.draft.findMany({ where })).toMatchObject([{ text: "Dear" }]);
    expect(await prisma.lead.findUnique({ where: { pageId_id: { pageId, id: survivor.id } } })).toMatchObject({
      assigneeId: viewer.agentId,
    });
  });
});

describe("what no database holds is made visible", () => {
  const odd = "a\u0000b\ud83d";
  const stored = "a␀b\ufffd";

  test("in notes, drafts, stages and replies", async () => {
    const lead = await newLead();
    const where = { pageId, leadId: lead.id };
    expect(await addNote(lead, { text: odd, intentId: randomUUID() }, viewer)).toBe("added");
    expect(await saveDraft(lead, odd, viewer)).toBe("saved");
    expect(await prisma.note.findFirst({ where })).toMatchObject({ text: stored });
    expect(await prisma.draft.findFirst({ where })).toMatchObject({ text: stored });

    expect(await setStage(lead, { stage: "lost", reason: odd }, viewer)).toBe("changed");
    expect(await prisma.lead.findFirst({ where: { id: lead.id } })).toMatchObject({ stageReason: stored });

    const wish = { intentId: randomUUID(), text: odd, seenMid: null };
    expect(await followUp(lead, wish, viewer)).toMatchObject({ outcome: "queued" });
    expect(await prisma.reply.findFirst({ where: { psid: lead.psid } })).toMatchObject({ text: stored });
  });

  test.each([
    ["no id", "reply:7"],
    ["nobody's reply", `reply:${randomUUID()}`],
    ["a NUL", "m\u0000"],
    ["half a letter", "m\ud83d"],
  ])("a last seen message that is %s is one nobody wrote", async (_, seenMid) => {
    const wish = { intentId: randomUUID(), text: "Hi", seenMid };
    expect(await followUp(await newLead(), wish, viewer)).toMatchObject({ outcome: "queued" });
  });

  test("what was seen in another thread says nothing of this one", async () => {
    const [lead, other] = [await newLead(), await newLead()];
    const at = new Date();
    const out = { direction: "out", appId: "2233445566778899", receivedAt: at };
    await prisma.message.createMany({
      data: [
        { pageId, psid: lead.psid, mid: `m_${lead.id}`, sentAt: new Date(at.getTime() - 60_000), ...out },
        { pageId, psid: other.psid, mid: `m_${other.id}`, sentAt: at, ...out },
      ],
    });
    const wish = { intentId: randomUUID(), text: "Hi", seenMid: `m_${other.id}` };
    expect(await followUp(lead, wish, viewer)).toEqual({ outcome: "refused", why: "newer_message" });
  });
});
