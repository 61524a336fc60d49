import { beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { noteOpenDoor } from "./note-open-door.ts";
import { ago, SOLAR as pageId } from "./testing.ts";

beforeAll(() => connectPage({ id: pageId, name: "Solar Süd", token: "t" }));

test("a door that was closed for a while has its pages read again from then on, once", async () => {
  expect(await noteOpenDoor()).toBeNull();
  expect(await noteOpenDoor()).toBeNull();
  expect(await prisma.pageHistory.count({ where: { pageId, kind: "gap" } })).toBe(0);

  const since = ago(1);
  await prisma.heartbeat.updateMany({ data: { at: since } });
  const found = await Promise.all([noteOpenDoor(), noteOpenDoor(), noteOpenDoor()]);
  expect(found.filter((at) => at !== null)).toEqual([since]);
  expect(await prisma.pageHistory.count({ where: { pageId, kind: "gap" } })).toBe(1);
  expect(await prisma.pageHealth.findUnique({ where: { pageId } })).toMatchObject({ reconcileSince: since });
});
