import "server-only";
import { prisma } from "#lib/db.ts";
import { type Role, role } from "./viewer.ts";

export type Agent = { id: string; name: string; email: string; role: Role; isDisabled: boolean };

/** Everybody who may sign in or once could, by name. */
export async function findAgents(): Promise<Agent[]> {
  const users = await prisma.user.findMany({
    select: { id: true, name: true, email: true, role: true, disabledAt: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: 1_000,
  });
  return users.map(({ disabledAt, ...user }) => ({
    ...user,
    role: role.parse(user.role),
    isDisabled: disabledAt !== null,
  }));
}
