import "server-only";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { createPersona } from "#lib/messenger/create-persona.ts";
import { askMeta } from "#lib/pages/ask-meta.ts";

/**
 * Meta's id of the name an agent writes under, made at their first message where the page asks for it. Null where
 * it does not, for automation, on Instagram, and where Meta made none: the message then bears the page's name.
 */
export async function ensurePersona(pageId: string, userId: string | null): Promise<string | null> {
  if (userId === null) return null;
  const page = await prisma.page.findUnique({ where: { id: pageId }, select: { usesPersonas: true, platform: true } });
  if (page === null || !page.usesPersonas || page.platform === "instagram") return null;
  const user = await prisma.user.findUnique({ where: { id: userId }, select: { name: true } });
  if (user === null) return null;
  const { name } = user;
  const key = { pageId_userId: { pageId, userId } };
  const known = await prisma.persona.findUnique({ where: key, select: { personaId: true, name: true } });
  if (known?.name === name) return known.personaId;

  const pictureUrl = new URL("/persona.png", env.APP_URL).href;
  const made = await askMeta(pageId, ({ token, graphId }) => createPersona(graphId, { name, pictureUrl }, token));
  if (made.outcome !== "ok") return null;
  const data = { personaId: made.value, name };
  await prisma.persona.upsert({
    where: key,
    create: { pageId, userId, ...data },
    update: data,
    select: { name: true },
  });
  return made.value;
}
