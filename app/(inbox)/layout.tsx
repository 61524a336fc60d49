import { getNow } from "next-intl/server";
import type { ReactNode } from "react";
import { PageBanner } from "#components/shell/page-banner.tsx";
import { SendingBanner } from "#components/shell/sending-banner.tsx";
import { Shell } from "#components/shell/shell.tsx";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { findSickPages } from "#lib/pages/find-sick-pages.ts";
import { getSending } from "#lib/threads/get-sending.ts";
import { loadSickPages } from "./settings/pages/actions.ts";
import { loadSending, resume } from "./settings/sending/actions.ts";

/** The frame of everything behind sign-in. It guards nothing: each query below asks for its viewer. */
export default async function InboxLayout({ children }: { children: ReactNode }) {
  const [viewer, now] = await Promise.all([requireViewer(), getNow()]);
  const [sending, sickPages] = await Promise.all([getSending(viewer), findSickPages(viewer)]);
  const banner = (
    <>
      <SendingBanner start={sending} load={loadSending} resume={viewer.role === "agent" ? null : resume} />
      <PageBanner start={sickPages} load={loadSickPages} isAdmin={viewer.role === "admin"} />
    </>
  );
  return (
    <Shell me={{ name: viewer.name, email: viewer.email, role: viewer.role }} now={now} banner={banner}>
      {children}
    </Shell>
  );
}
