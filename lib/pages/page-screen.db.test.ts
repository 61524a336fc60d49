import { beforeAll, expect, test } from "vitest";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { newViewer } from "../../prisma/factories.ts";
import { connectPage } from "./connect-page.ts";
import { disconnectPage } from "./disconnect-page.ts";
import { findPageDetails } from "./find-page-details.ts";
import { findSickPages } from "./find-sick-pages.ts";
import { reportTrouble } from "./report-trouble.ts";
import { setPageSettings } from "./set-page-settings.ts";

const SOLAR = "104411223344556";
const KITCHEN = "104411223399887";
const settings = { hasHumanAgent: true, usesPersonas: true, defaultCountry: "AT", disclosure: "Automatic reply:" };
let admin: Viewer;
let kitchenAgent: Viewer;

beforeAll(async () => {
  admin = await newViewer({ name: "Ada", role: "admin" });
  await connectPage({ id: SOLAR, name: "Solar Süd", token: "t", actorId: admin.agentId });
  await connectPage({ id: KITCHEN, name: "Nordlicht Küchen", token: "t" });
  kitchenAgent = await newViewer({ name: "Bo", pageIds: [KITCHEN] });
});

test("people see their own pages and their troubles, and no others", async () => {
  await reportTrouble(SOLAR, { kind: "revoked", reason: "tokenInvalid" });
  await reportTrouble(KITCHEN, { kind: "expiring", expiresAt: new Date() });
  expect((await findSickPages(admin)).map(({ id, notice }) => [id, notice.kind])).toEqual([
    [SOLAR, "revoked"],
    [KITCHEN, "expiring"],
  ]);
  expect((await findSickPages(kitchenAgent)).map(({ id }) => id)).toEqual([KITCHEN]);
  const pages = await findPageDetails(kitchenAgent);
  expect(pages.map(({ id }) => id)).toEqual([KITCHEN]);
  expect(JSON.stringify(pages)).not.toContain("sealedToken");
});

test("those in trouble come first; what happened is told with who did it", async () => {
  await prisma.pageTrouble.deleteMany({ where: { pageId: KITCHEN } });
  const [first, second] = await findPageDetails(admin);
  expect([first?.id, second?.id]).toEqual([SOLAR, KITCHEN]);
  expect(first?.history.map(({ kind, actorName }) => [kind, actorName])).toEqual([
    ["trouble", null],
    ["connected", "Ada"],
  ]);
});

test("only administrators change settings; what changed is told, what did not is not", async () => {
  expect(await setPageSettings(KITCHEN, settings, kitchenAgent)).toBe("not-allowed");
  expect(await setPageSettings("1", settings, admin)).toBe("not-found");
  expect(await setPageSettings(KITCHEN, settings, admin)).toBe("saved");
  expect(await setPageSettings(KITCHEN, settings, admin)).toBe("saved");
  const changes = await prisma.pageHistory.findMany({ where: { pageId: KITCHEN, kind: "changed" } });
  expect(changes).toMatchObject([{ actorId: admin.agentId, data: { names: expect.arrayContaining(["disclosure"]) } }]);
  expect(await prisma.page.findUniqueOrThrow({ where: { id: KITCHEN } })).toMatchObject(settings);
});

test("a page that was disconnected is in no trouble, and in no banner", async () => {
  expect(await disconnectPage(SOLAR, admin.agentId)).toBe("disconnected");
  expect(await disconnectPage(SOLAR, admin.agentId)).toBe("not-found");
  expect(await findSickPages(admin)).toEqual([]);
  const page = (await findPageDetails(admin)).find(({ id }) => id === SOLAR);
  expect(page?.notices.map(({ kind }) => kind)).toEqual(["disconnected"]);
});
