"use client";

import { IconClockPause } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type SendingActions, SendingStep } from "#components/settings/sending-step.tsx";
import { useSendingWords } from "#components/settings/use-sending-words.ts";
import type { SendingState } from "#lib/threads/sending.ts";
import styles from "./page-banner.module.css";

const LOOK_EVERY_MS = 15_000;

/** `resume` null: this person may only read it. */
type Props = { start: SendingState; load: () => Promise<SendingState>; resume: SendingActions["resume"] | null };

/** One line over everything while sending is paused; its settings say it themselves. */
export function SendingBanner({ start, load, resume }: Props) {
  const t = useTranslations("sending.pause");
  const path = usePathname();
  const router = useRouter();
  const { data: state, refetch } = useQuery({
    queryKey: ["sending"],
    queryFn: load,
    initialData: start,
    refetchInterval: LOOK_EVERY_MS,
  });
  const words = useSendingWords(state);
  if (words === null || path === "/settings/sending") return null;
  const look = () => {
    void refetch();
    router.refresh();
  };
  return (
    <section className={styles.banner} aria-label={t("label")}>
      <IconClockPause size={16} stroke={1.8} aria-hidden />
      <p role="status">
        {words} {resume === null && t("forAgents")}
      </p>
      <Link href="/settings/sending">{t("look")}</Link>
      {resume !== null && <SendingStep step="resume" size="compact-sm" state={state} act={resume} onAnswer={look} />}
    </section>
  );
}
