import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { HeldReplies } from "#components/settings/held-replies.tsx";
import { SendingCard } from "#components/settings/sending-card.tsx";
import styles from "#components/settings/settings.module.css";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { findHeldReplies } from "#lib/leads/find-held-replies.ts";
import { getSending } from "#lib/threads/get-sending.ts";
import { pause, resume } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sending.pause");
  return { title: t("title") };
}

/** Whether anything leaves, and what a restore has left to people. */
export default async function SendingPage() {
  const viewer = await requireViewer();
  const [t, state, held] = await Promise.all([
    getTranslations("sending.pause"),
    getSending(viewer),
    findHeldReplies(viewer),
  ]);
  return (
    <div className={styles.settings}>
      <h1>{t("title")}</h1>
      <p className={styles.text}>{t("intro")}</p>
      <SendingCard state={state} actions={viewer.role === "agent" ? null : { pause, resume }} />
      {(held.length > 0 || state.why === "restored") && <HeldReplies replies={held} />}
    </div>
  );
}
