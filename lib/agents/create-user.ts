import "server-only";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { hashPassword } from "./password.ts";
import type { Role } from "./viewer.ts";

export type CreateUserOutcome = { outcome: "created"; id: string } | { outcome: "exists" };

/** Makes a person who may sign in with e-mail and password. E-mails are one per person, in lower case. */
export async function createUser(user: {
  email: string;
  name: string;
  role: Role;
  password: string;
}): Promise<CreateUserOutcome> {
  const email = user.email.trim().toLowerCase();
  const password = await hashPassword(user.password);
  const id = newId();
  return prisma.$transaction(async (tx) => {
    const { count } = await tx.user.createMany({
      data: { id, email, name: user.name, role: user.role },
      skipDuplicates: true,
    });
    if (count === 0) return { outcome: "exists" };
    await tx.account.create({ data: { id: newId(), accountId: id, providerId: "credential", userId: id, password } });
    return { outcome: "created", id };
  });
}
