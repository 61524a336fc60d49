"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ClockProvider } from "#components/ui/clock.tsx";
import { FollowLists } from "./follow-lists.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { LineNotice } from "./line-notice.tsx";
import { type Me, Rail } from "./rail.tsx";
import styles from "./shell.module.css";

const KEEP_MS = 30 * 60 * 1000;

/** Everything that stays while pages change: the rail, the clock, the live line, what was already loaded. */
type Props = { me: Me; now: Date; banner?: ReactNode; children: ReactNode };

export function Shell({ me, now, banner, children }: Props) {
  const t = useTranslations("common");
  const [isHelping, setHelping] = useState(false);
  const [queries] = useState(
    () =>
      new QueryClient({
        // Live hints say when something changed; nothing is asked again on a guess.
        defaultOptions: {
          queries: { staleTime: Number.POSITIVE_INFINITY, gcTime: KEEP_MS, refetchOnWindowFocus: false, retry: 1 },
        },
      }),
  );

  return (
    <QueryClientProvider client={queries}>
      <FollowLists />
      <ClockProvider now={now}>
        <a className={styles.skip} href="#content">
          {t("skip")}
        </a>
        <div className={styles.shell}>
          <Rail me={me} onHelp={() => setHelping(true)} />
          <main id="content" tabIndex={-1} className={styles.main}>
            <LineNotice />
            {banner}
            {children}
          </main>
        </div>
        <KeysDialog isOpen={isHelping} onToggle={setHelping} />
      </ClockProvider>
    </QueryClientProvider>
  );
}
