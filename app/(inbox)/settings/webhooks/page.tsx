import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OddEvents } from "#components/settings/odd-events.tsx";
import { ReceivedTests } from "#components/settings/received-tests.tsx";
import styles from "#components/settings/settings.module.css";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { findOddEvents } from "#lib/inbound/find-odd-events.ts";
import { findReceivedTests } from "#lib/inbound/find-received-tests.ts";
import { applyAgain } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("title") };
}

/** Whether what Meta sends arrives, and what we cannot do anything with yet. */
export default async function WebhooksPage() {
  const viewer = await requireViewer();
  const [t, groups, tests] = await Promise.all([
    getTranslations("settings"),
    findOddEvents(viewer),
    findReceivedTests(viewer),
  ]);
  return (
    <div className={styles.settings}>
      <h1>{t("title")}</h1>
      {viewer.role === "agent" && <p className={styles.text}>{t("forOthers")}</p>}
      {viewer.role !== "agent" && (
        <section aria-labelledby="tests">
          <h2 id="tests">{t("tests.title")}</h2>
          <p className={styles.text}>{t("tests.text")}</p>
          <ReceivedTests {...tests} />
        </section>
      )}
      {(viewer.role === "agent" ? [] : (["parked", "ignored", "waiting"] as const)).map((state) => (
        <section key={state} aria-labelledby={state}>
          <h2 id={state}>{t(`${state}.title`)}</h2>
          <p className={styles.text}>{t(`${state}.text`)}</p>
          <OddEvents groups={groups.filter((group) => group.state === state)} none={t(`${state}.none`)} />
          {state === "parked" && groups.some((group) => group.state === "parked") && (
            <form action={applyAgain} className={styles.again}>
              <Button type="submit" variant="default">
                {t("parked.again")}
              </Button>
            </form>
          )}
        </section>
      ))}
    </div>
  );
}
