import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdList } from "#components/settings/ad-list.tsx";
import { OpenQuestions } from "#components/settings/open-questions.tsx";
import styles from "#components/settings/settings.module.css";
import { findFindings } from "#lib/ads/find-findings.ts";
import { findPageAds } from "#lib/ads/find-page-ads.ts";
import type { Finding } from "#lib/ads/open-question.ts";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { saveAutoReply } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ads");
  return { title: t("title") };
}

/** The ads that bring leads, how they seem to be set up, and what Meta's traffic has taught us. */
export default async function AdsPage() {
  const viewer = await requireViewer();
  const [t, pages] = await Promise.all([getTranslations("ads"), findPageAds(viewer)]);
  // One page after the other: each reads through the newest deliveries.
  const findings: Finding[][] = [];
  for (const { page } of pages) findings.push(await findFindings(page.id, viewer));
  return (
    <div className={styles.settings}>
      <h1>{t("title")}</h1>
      <p className={styles.text}>{t("intro")}</p>
      {pages.map(({ page, ads }, index) => (
        <section key={page.id} aria-labelledby={`page-${page.id}`}>
          <h2 id={`page-${page.id}`}>
            <bdi>{page.name}</bdi>
          </h2>
          <AdList ads={ads} saveAutoReply={viewer.role === "agent" ? null : saveAutoReply} />
          <OpenQuestions findings={findings[index] ?? []} />
        </section>
      ))}
    </div>
  );
}
