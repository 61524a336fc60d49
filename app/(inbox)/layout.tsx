import { getNow } from "next-intl/server";
import type { ReactNode } from "react";
import { PageBanner } from "#components/shell/page-banner.tsx";
import { Shell } from "#components/shell/shell.tsx";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { findSickPages } from "#lib/pages/find-sick-pages.ts";
import { loadSickPages } from "./settings/pages/actions.ts";

/** The frame of everything behind sign-in. It guards nothing: each query below asks for its viewer. */
export default async function InboxLayout({ children }: { children: ReactNode }) {
  const [viewer, now] = await Promise.all([requireViewer(), getNow()]);
  const banner = (
    <PageBanner start={await findSickPages(viewer)} load={loadSickPages} isAdmin={viewer.role === "admin"} />
  );
  return (
    <Shell me={{ name: viewer.name, email: viewer.email, role: viewer.role }} now={now} banner={banner}>
      {children}
    </Shell>
  );
}
