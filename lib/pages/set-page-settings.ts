import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import type { PageSettings } from "./page-details.ts";
import { tellPageHistory } from "./tell-page-history.ts";

export type SettingsOutcome = "saved" | "not-found" | "not-allowed";

/** Changes how a page is worked with. For administrators; the change is told in the page's history. */
export async function setPageSettings(
  pageId: string,
  settings: PageSettings,
  viewer: Viewer,
): Promise<SettingsOutcome> {
  if (viewer.role !== "admin") return "not-allowed";
  return prisma.$transaction(async (tx) => {
    const { hasHumanAgent, usesPersonas, defaultCountry, disclosure } = settings;
    const data = { hasHumanAgent, usesPersonas, defaultCountry, disclosure };
    const before = await tx.page.findUnique({
      where: { id: pageId },
      select: { hasHumanAgent: true, usesPersonas: true, defaultCountry: true, disclosure: true },
    });
    if (before === null) return "not-found";
    const names = settingNames.filter((name) => before[name] !== data[name]);
    if (names.length === 0) return "saved";
    await tx.page.updateMany({ where: { id: pageId }, data });
    await tellPageHistory(tx, { pageId, kind: "changed", actorId: viewer.agentId, data: { names } });
    return "saved";
  });
}

const settingNames: (keyof PageSettings)[] = ["hasHumanAgent", "usesPersonas", "defaultCountry", "disclosure"];
