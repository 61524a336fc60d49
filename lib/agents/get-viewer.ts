import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { prisma } from "#lib/db.ts";
import { auth } from "./auth.ts";
import { role, type Viewer } from "./viewer.ts";

const ABSOLUTE_SESSION = 7 * 24 * 60 * 60 * 1000;

/** Who is asking, or null. Read from the database each time: a role or status change acts with the next request. */
export const getViewer: () => Promise<Viewer | null> = cache(async () => find(await headers(), false));

/**
 * The same for code that holds a request's headers, such as a live stream checking again. Nobody need be at
 * the screen then, so it does not count against the idle time.
 */
export function viewerOf(requestHeaders: Headers): Promise<Viewer | null> {
  return find(requestHeaders, true);
}

async function find(requestHeaders: Headers, disableRefresh: boolean): Promise<Viewer | null> {
  const session = await auth().api.getSession({ headers: requestHeaders, query: { disableRefresh } });
  if (session === null) return null;
  if (Date.now() - session.session.createdAt.getTime() > ABSOLUTE_SESSION) return null;

  const user = await prisma.user.findUnique({
    where: { id: session.user.id },
    select: {
      id: true,
      name: true,
      email: true,
      role: true,
      allPages: true,
      disabledAt: true,
      pages: { select: { pageId: true } },
    },
  });
  if (user === null || user.disabledAt !== null) return null;
  const known = role.parse(user.role);
  return {
    agentId: user.id,
    name: user.name,
    email: user.email,
    role: known,
    pageIds: known === "admin" || user.allPages ? null : user.pages.map((page) => page.pageId),
  };
}

/** Who is asking; strangers are sent to sign in. */
export async function requireViewer(): Promise<Viewer> {
  return (await getViewer()) ?? redirect("/sign-in");
}
