import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { prisma } from "#lib/db.ts";
import { auth } from "./auth.ts";
import { findSession } from "./find-session.ts";
import { role, type Viewer } from "./viewer.ts";

const ABSOLUTE_SESSION = 7 * 24 * 60 * 60 * 1000;

/** Who is asking, or null. Read from the database each time: a role or status change acts with the next request. */
export const getViewer: () => Promise<Viewer | null> = cache(async () => {
  const session = await auth().api.getSession({ headers: await headers() });
  if (session === null) return null;
  // The library has just read the person's row together with the session.
  const { id, name, email, role, allPages, disabledAt } = session.user;
  const user = { id, name, email, role: role ?? "", allPages: allPages ?? false, disabledAt: disabledAt ?? null };
  return viewerFrom(user, session.session.createdAt, pagesOf);
});

/**
 * The same for code that holds a request's headers, such as a live stream checking again. Nobody need be at
 * the screen then, so it does not count against the idle time.
 */
export async function viewerOf(requestHeaders: Headers): Promise<Viewer | null> {
  const session = await findSession(requestHeaders);
  return session && viewerFrom(session.user, session.createdAt, async () => session.pageIds);
}

type SignedIn = Pick<Viewer, "name" | "email"> & {
  id: string;
  role: string;
  allPages: boolean;
  disabledAt: Date | null;
};

async function viewerFrom(
  { id, name, email, role: word, allPages, disabledAt }: SignedIn,
  since: Date,
  pages: (userId: string) => Promise<string[]>,
): Promise<Viewer | null> {
  if (Date.now() - since.getTime() > ABSOLUTE_SESSION || disabledAt !== null) return null;
  const known = role.parse(word);
  return { agentId: id, name, email, role: known, pageIds: known === "admin" || allPages ? null : await pages(id) };
}

async function pagesOf(userId: string): Promise<string[]> {
  const pages = await prisma.pageAccess.findMany({ where: { userId }, select: { pageId: true } });
  return pages.map(({ pageId }) => pageId);
}

/** Who is asking; strangers are sent to sign in. */
export async function requireViewer(): Promise<Viewer> {
  return (await getViewer()) ?? redirect("/sign-in");
}
