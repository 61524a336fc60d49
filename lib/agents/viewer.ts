import { z } from "zod";

/** What our users may do: an admin runs the house, a manager moves work, an agent answers leads. */
export const role = z.enum(["admin", "manager", "agent"]);
export type Role = z.infer<typeof role>;

/** The agent now asking. `pageIds` are the pages they may see; `null` means all. */
export type Viewer = { agentId: string; name: string; email: string; role: Role; pageIds: string[] | null };

/** Whether the viewer may see what belongs to this page. */
export function maySeePage(viewer: Viewer, pageId: string): boolean {
  return viewer.pageIds === null || viewer.pageIds.includes(pageId);
}

/** The pages a query is held to: those wished for (none wished: all), as far as the viewer may see them. */
export function pagesWithin(viewer: Viewer, wished: readonly string[]): { in: string[] } | undefined {
  if (viewer.pageIds === null) return wished.length === 0 ? undefined : { in: [...wished] };
  return { in: viewer.pageIds.filter((pageId) => wished.length === 0 || wished.includes(pageId)) };
}
