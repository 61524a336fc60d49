import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { prisma } from "#lib/db.ts";
import { ads, ago, openStage, SOLAR as pageId, type Stage } from "#lib/inbound/testing.ts";
import { askControl } from "#lib/leads/ask-control.ts";
import { followUp } from "#lib/leads/follow-up.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { failEverywhere, Onlooker } from "../prisma/every-failure.ts";
import { newViewer, writeLeads } from "../prisma/factories.ts";
import { layFailingLine } from "../prisma/failing-line.ts";
import { controlThreads } from "./control-threads.ts";
import { sendReplies } from "./send-replies.ts";
import { settleLost } from "./settle-lost-replies.ts";

const line = await layFailingLine();
const onlooker = new Onlooker(line.directUrl);
let stage: Stage;
let psid = "";

beforeAll(async () => {
  await onlooker.open();
  stage = await openStage();
  await stage.control("delivery", { hold: true });
  ({ psid } = await stage.play(ads.roof, "complete", { endedAt: ago(1) }));
});
afterAll(async () => {
  await stage.close();
  await onlooker.close();
  await prisma.$disconnect();
  await line.close();
});

/** The person's lead as it would be here, without what Meta says of it. */
async function desk(control: string) {
  await connectPage({ id: pageId, name: "Solar Süd", token: `sandbox-page-token-${pageId}` });
  await prisma.pageHealth.updateMany({ where: { pageId }, data: { routing: "configured" } });
  const [id = ""] = await writeLeads([{ pageId, psid, at: ago(1), control }]);
  const acted = { lastActionAt: ago(1), lastOpener: "message", lastInboundAt: ago(1), controlSource: "handover" };
  await prisma.thread.updateMany({ data: { ...acted, controlSince: ago(1) } });
  return { ref: { pageId, id }, ada: await newViewer({ name: "Ada" }) };
}

async function accepted(metadata: string): Promise<number> {
  const { sent } = await stage.control(`sent?metadata=${encodeURIComponent(metadata)}`);
  return z.array(z.unknown()).parse(sent).length;
}

/** Later: leases and pauses are over, and whoever held something is known to be gone. */
async function laterOn(): Promise<void> {
  await onlooker.ask(`UPDATE reply SET "leaseUntil" = now() - interval '1 hour' WHERE state = 'sending'`);
  await onlooker.ask(`UPDATE reply SET "sendAfter" = now() - interval '1 hour' WHERE state = 'queued'`);
  await onlooker.ask(`UPDATE control_action SET "leaseUntil" = now() - interval '1 hour' WHERE state = 'running'`);
}

describe("each statement fails in turn", { timeout: 300_000 }, () => {
  test("send a reply: never twice, and nobody is told that it arrived who cannot know", async () => {
    const counts = await failEverywhere(line, onlooker, {
      prepare: async () => {
        const { ref, ada } = await desk("ours");
        await followUp(ref, { text: "Hello", seenMid: null, intentId: randomUUID() }, ada);
        const reply = await prisma.reply.findFirstOrThrow();
        await laterOn();
        return reply.metadata;
      },
      act: () => sendReplies.step(),
      tables: ["reply", "message"],
      check: async (metadata) => {
        const sent = await accepted(metadata);
        const [{ state = "" } = {}] = await onlooker.ask<{ state: string }>("SELECT state FROM reply");
        expect(sent).toBeLessThanOrEqual(1);
        if (state === "sent") expect(sent).toBe(1);
        // Nobody takes it up again whose first sending Meta may have.
        if (state === "queued" || state === "failed") expect(sent).toBe(0);
      },
      again: async () => {
        await laterOn();
        await settleLost.step();
        while (await sendReplies.step());
      },
      ends: async (metadata, where) => {
        const [{ state = "" } = {}] = await onlooker.ask<{ state: string }>("SELECT state FROM reply");
        const sent = await accepted(metadata);
        expect(sent, where).toBeLessThanOrEqual(1);
        expect(["sent", "unknown"], where).toContain(state);
        if (state === "sent") expect(sent, where).toBe(1);
      },
    });
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(15);
  });

  test("take a thread: what we say of it is what Meta holds, or that it must be asked", async () => {
    const counts = await failEverywhere(line, onlooker, {
      prepare: async () => {
        await stage.control("inbox", { pageId, psid, action: "take" });
        const { ref, ada } = await desk("page_inbox");
        const wish = { kind: "take", targetAppId: null, seconds: null, intentId: randomUUID() } as const;
        expect(await askControl(ref, wish, ada)).toBe("queued");
      },
      act: () => controlThreads.step(),
      tables: ["control_action", "control_fact"],
      again: async () => {
        await laterOn();
        while (await controlThreads.step());
      },
      ends: async (_, where) => {
        const { control: held } = await stage.control(`threads/${pageId}/${psid}`);
        expect(z.object({ appId: z.string() }).parse(held).appId, where).toBe(process.env.META_APP_ID);
        const [row] = await onlooker.ask(
          `SELECT a.state, t.control, t."refreshDueAt" IS NOT NULL AS asks FROM control_action a JOIN thread t USING ("pageId", psid)`,
        );
        const isTrue = row?.state === "done" && row.control === "ours";
        expect(isTrue || row?.asks === true, `${where}: ${JSON.stringify(row)}`).toBe(true);
      },
    });
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(8);
  });
});
