import "server-only";
import { prisma } from "#lib/db.ts";
import { hashPassword } from "./password.ts";

/** Gives somebody a new password, lets them in again if they were shut out, and ends their sessions. */
export async function resetPassword(email: string, password: string): Promise<"reset" | "not-found"> {
  const where = { email: email.trim().toLowerCase() };
  const hash = await hashPassword(password);
  return prisma.$transaction(async (tx) => {
    const { count } = await tx.user.updateMany({ where, data: { disabledAt: null } });
    if (count === 0) return "not-found";
    await tx.account.updateMany({ where: { user: where, providerId: "credential" }, data: { password: hash } });
    await tx.session.deleteMany({ where: { user: where } });
    return "reset";
  });
}
