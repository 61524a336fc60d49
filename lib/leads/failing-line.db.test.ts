import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { failEverywhere, Onlooker, type UseCase } from "../../prisma/every-failure.ts";
import { newViewer, writeLeads } from "../../prisma/factories.ts";
import { layFailingLine } from "../../prisma/failing-line.ts";
import { addNote } from "./add-note.ts";
import { assignLead } from "./assign-lead.ts";
import { claimLead } from "./claim-lead.ts";
import { followUp } from "./follow-up.ts";
import type { LeadRef } from "./lead-ref.ts";
import { setStage } from "./set-stage.ts";
import { takeBack } from "./take-back.ts";

const line = await layFailingLine();
const onlooker = new Onlooker(line.directUrl);
beforeAll(() => onlooker.open());
afterAll(async () => {
  await onlooker.close();
  await prisma.$disconnect();
  await line.close();
});

const pageId = "80001";
type Desk = { ref: LeadRef; ada: Viewer; bo: Viewer; intentId: string };

async function prepare(): Promise<Desk> {
  await prisma.page.create({ data: { id: pageId, name: "Page", connectedAt: new Date() } });
  const ada = await newViewer({ name: "Ada", pageIds: [pageId] });
  const bo = await newViewer({ name: "Bo", pageIds: [pageId] });
  const at = new Date(Date.now() - 3_600_000);
  const [id = ""] = await writeLeads([{ pageId, psid: "7719001", at, control: "ours" }]);
  await prisma.thread.updateMany({ data: { lastActionAt: at, lastOpener: "message", lastInboundAt: at } });
  return { ref: { pageId, id }, ada, bo, intentId: randomUUID() };
}

const cases: Record<string, Omit<UseCase<Desk, unknown>, "prepare">> = {
  claim: { act: ({ ref, ada }) => claimLead(ref, ada) },
  assign: { act: ({ ref, ada, bo }) => assignLead(ref, bo.agentId, ada) },
  "change the stage": { act: ({ ref, ada }) => setStage(ref, { stage: "contacted" }, ada) },
  "add a note": { act: ({ ref, ada, intentId }) => addNote(ref, { text: "Called", intentId }, ada) },
  "queue a reply": {
    act: ({ ref, ada, intentId }) => followUp(ref, { text: "Hello", seenMid: null, intentId }, ada),
    saysDone: (answer) => JSON.stringify(answer).includes("queued"),
  },
};

describe("each statement fails in turn", { timeout: 120_000 }, () => {
  test.each(Object.entries(cases))("%s: all or nothing, and once more is once", async (_, useCase) => {
    const counts = await failEverywhere(line, onlooker, { prepare, isAtomic: true, ...useCase });
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(4);
  });

  test("take a reply back: what is said to be taken back never leaves", async () => {
    await failEverywhere(line, onlooker, {
      prepare: async () => {
        const desk = await prepare();
        const queued = await followUp(desk.ref, { text: "Hello", seenMid: null, intentId: desk.intentId }, desk.ada);
        return { ...desk, replyId: queued.outcome === "queued" ? queued.replyId : "" };
      },
      isAtomic: true,
      act: ({ ref, replyId, ada }) => takeBack(ref, replyId, ada),
      saysDone: (answer) => answer === "cancelled",
    });
  });

  test("a stranger to the page stays outside, whatever fails", async () => {
    await failEverywhere(line, onlooker, {
      prepare: async () => ({ ...(await prepare()), stranger: await newViewer({ pageIds: [] }) }),
      isAtomic: true,
      act: ({ ref, stranger }) => claimLead(ref, stranger),
      check: (_, answer) => expect([undefined, "not-found"]).toContain(answer),
    });
  });
});
