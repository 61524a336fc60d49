import { beforeAll, expect, test } from "vitest";
import { findFindings } from "#lib/ads/find-findings.ts";
import { prisma } from "#lib/db.ts";
import { newViewer } from "../../prisma/factories.ts";
import { deliver, KITCHEN, SOLAR } from "./testing.ts";

const labelled = (pageId: string, name: string) => ({
  id: pageId,
  changes: [
    { field: "inbox_labels", value: { user: { id: "7" }, action: "add", label: { id: "1", page_label_name: name } } },
  ],
});

beforeAll(async () => {
  await deliver({ object: "page", entry: [labelled(SOLAR, "Lead: solar"), labelled(KITCHEN, "Lead: kitchen")] });
});

const labels = async (pageId: string, pageIds: string[] | null) => {
  const findings = await findFindings(pageId, await newViewer({ role: "agent", pageIds }));
  return findings.filter(({ question }) => question === "labelNames").map(({ way }) => way);
};

test("a page's findings are its own, and for those who may see it", async () => {
  expect(await labels(SOLAR, null)).toEqual(["Lead: solar"]);
  expect(await labels(KITCHEN, [KITCHEN])).toEqual(["Lead: kitchen"]);
  expect(await labels(SOLAR, [KITCHEN])).toEqual([]);
});

test("deliveries of many megabytes are passed over: together they would not fit into the memory", async () => {
  const entry = [labelled(SOLAR, "Lead: huge"), { id: SOLAR, padding: "x".repeat(1024 * 1024) }];
  await deliver({ object: "page", entry });
  expect(await prisma.rawDelivery.count({ where: { state: "opened" } })).toBe(2);
  expect(await labels(SOLAR, null)).toEqual(["Lead: solar"]);
});
