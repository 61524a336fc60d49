import "server-only";
import { prisma } from "#lib/db.ts";

/** Shuts somebody out at once: no new sign-in, and the running sessions end. */
export async function disableUser(email: string): Promise<"disabled" | "not-found"> {
  const where = { email: email.trim().toLowerCase() };
  const { count } = await prisma.user.updateMany({ where, data: { disabledAt: new Date() } });
  if (count === 0) return "not-found";
  await prisma.session.deleteMany({ where: { user: where } });
  return "disabled";
}
