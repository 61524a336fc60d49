import "server-only";
import { prisma } from "#lib/db.ts";

/** What agents are called, those who were shut out included; null for an id that is nobody's. */
export async function findAgentNames(ids: readonly string[]): Promise<(id: string) => string | null> {
  const users = await prisma.user.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  const names = new Map(users.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? null;
}
