import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { emptyLeadFilter } from "#lib/leads/lead-filter.ts";
import { failEverywhere, Onlooker } from "../../prisma/every-failure.ts";
import { newViewer, writeLeads, writePage } from "../../prisma/factories.ts";
import { layFailingLine } from "../../prisma/failing-line.ts";
import { exportLeads } from "./export-leads.ts";

const line = await layFailingLine();
const onlooker = new Onlooker(line.directUrl);
beforeAll(() => onlooker.open());
afterAll(async () => {
  await onlooker.close();
  await prisma.$disconnect();
  await line.close();
});

const pages = ["104411223344556", "104411223399887"] as const;
type Desk = { agent: Viewer };

async function prepare(): Promise<Desk> {
  for (const id of pages) await writePage(id, `Page ${id}`);
  const at = new Date(Date.UTC(2026, 9, 25));
  const answers = [{ question: "Own house?", answer: "Yes" }];
  await writeLeads(
    pages.flatMap((pageId) => [1, 2].map((n) => ({ pageId, psid: `771900${n}`, at, answers, fullName: `Lead ${n}` }))),
  );
  return { agent: await newViewer({ pageIds: [pages[0]] }) };
}

/** The whole file, or nothing: what breaks off is no file, and the browser says so. */
async function file({ agent }: Desk): Promise<string> {
  const bytes = await exportLeads({
    query: { filter: emptyLeadFilter(), format: "csv", delimiter: "comma" },
    timeZone: "UTC",
    now: new Date(),
    // The right to it is read anew before each page of leads, from the database.
    viewer: async () => {
      const { allPages, pages: ids } = await prisma.user.findUniqueOrThrow({
        where: { id: agent.agentId },
        select: { allPages: true, pages: { select: { pageId: true } } },
      });
      return { ...agent, pageIds: allPages ? null : ids.map(({ pageId }) => pageId) };
    },
    signal: new AbortController().signal,
  });
  return text(bytes);
}

describe("each statement fails in turn while leads are exported", { timeout: 120_000 }, () => {
  test("a file is whole or breaks off, and never shows another page", async () => {
    const counts = await failEverywhere(line, onlooker, {
      prepare,
      act: file,
      isAtomic: true,
      check: (_, told) => {
        if (told === undefined) return;
        expect(told.trimEnd().split("\r\n")).toHaveLength(3);
        expect(told).not.toContain(`Page ${pages[1]}`);
      },
    });
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(5);
  });
});
