import { getNow } from "next-intl/server";
import type { ReactNode } from "react";
import { Shell } from "#components/shell/shell.tsx";
import { requireViewer } from "#lib/agents/get-viewer.ts";

/** The frame of everything behind sign-in. It guards nothing: each query below asks for its viewer. */
export default async function InboxLayout({ children }: { children: ReactNode }) {
  const [viewer, now] = await Promise.all([requireViewer(), getNow()]);
  return (
    <Shell me={{ name: viewer.name, email: viewer.email, role: viewer.role }} now={now}>
      {children}
    </Shell>
  );
}
