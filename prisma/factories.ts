/** Rows for tests: somebody who signs in, and leads where a test needs many of them at once. */
import type { Role, Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";

/** A user and the viewer they are; without pages they see all of them. */
export async function newViewer({
  name = "Ada",
  role = "agent",
  pageIds = null,
}: Partial<Viewer> = {}): Promise<Viewer> {
  const id = newId();
  const user: { id: string; name: string; email: string; role: Role } = { id, name, email: `${id}@example.org`, role };
  await prisma.user.create({
    data: {
      ...user,
      allPages: pageIds === null,
      pages: { create: (pageIds ?? []).map((pageId) => ({ pageId })) },
    },
  });
  return { agentId: id, name, email: user.email, role, pageIds };
}
