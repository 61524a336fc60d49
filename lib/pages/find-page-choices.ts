import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { lackingTasks, type PageChoice } from "./page-choice.ts";
import { readGrant } from "./read-grant.ts";

/** What the viewer may connect after Meta's login, by name; without any token. */
export async function findPageChoices(viewer: Viewer): Promise<PageChoice[]> {
  const grant = await readGrant(viewer);
  const ids = grant.flatMap(({ id, instagram }) => [id, ...(instagram === null ? [] : [instagram.id])]);
  const connected = await prisma.page.findMany({
    where: { id: { in: ids }, connectedAt: { not: null } },
    select: { id: true },
  });
  const isConnected = (id: string) => connected.some((page) => page.id === id);
  return grant.flatMap(({ id, name, tasks, instagram }): PageChoice[] => {
    const lacks = lackingTasks(tasks);
    const page: PageChoice = { id, name, platform: "messenger", lacks, isConnected: isConnected(id) };
    if (instagram === null) return [page];
    const account = instagram.username === null ? name : `@${instagram.username}`;
    return [
      page,
      { ...page, id: instagram.id, name: account, platform: "instagram", isConnected: isConnected(instagram.id) },
    ];
  });
}
